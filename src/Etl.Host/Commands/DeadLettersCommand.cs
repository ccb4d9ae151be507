using System.CommandLine;
using Etl.Pipeline;
using Etl.Query;
using Etl.Write;
using Microsoft.Data.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl dead-letters</c>: lists the movies that failed, has them tried again, deletes those that are gone.</summary>
internal sealed class DeadLettersCommand
{
    private readonly Option<string?> _reason = new Option<string?>("--reason")
    {
        Description = $"Selects the dead letters with this reason: {string.Join(", ", FailureReasons.All)}.",
        HelpName = "REASON",
    }.AcceptOnlyFromAmong([.. FailureReasons.All]);

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints a JSON array; with --retry or --prune, an object with the counts.",
    };

    private readonly Option<bool> _retry = new("--retry")
    {
        Description = "Makes the next run retry them, even if the cover has not changed.",
    };

    private readonly Option<bool> _prune = new("--prune")
    {
        Description = "Deletes the dead letters of movies that no longer exist.",
    };

    private readonly SharedOptions _shared = new();

    public static Command Create() => new DeadLettersCommand().ToCommand();

    private Command ToCommand()
    {
        var command = new Command(
            "dead-letters",
            """
            Lists, retries or deletes dead letters (failed movies).

            Without --retry and --prune, lists them with their reasons. Changes nothing.

            Example: etl dead-letters --reason corrupt --retry
            """)
        {
            _reason,
            _json,
            _retry,
            _prune,
        };
        _shared.AddTo(command);
        command.Does(parsed =>
        {
            EtlOptions options = _shared.Load(parsed).ToOptions();
            bool changes = parsed.GetValue(_retry) || parsed.GetValue(_prune);
            return Task.FromResult(changes ? Change(options, parsed) : List(options, parsed));
        });
        return command;
    }

    private int List(EtlOptions options, ParseResult parsed) =>
        Catalogue.Use(options, SqliteOpenMode.ReadOnly, catalogue =>
        {
            IEnumerable<StoredDeadLetter> letters = StoredDeadLetters.Read(catalogue, parsed.GetValue(_reason));
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(_json))
            {
                DeadLetterOutput.WriteJson(output, letters);
            }
            else
            {
                DeadLetterOutput.WriteText(output, letters);
            }

            return ExitCodes.Done;
        });

    private int Change(EtlOptions options, ParseResult parsed) =>
        Catalogue.Use(options, SqliteOpenMode.ReadWrite, catalogue =>
        {
            // Those of movies that are gone would never be tried, so they go before the others are counted.
            string? reason = parsed.GetValue(_reason);
            var changes = new DeadLetterChanges(
                Pruned: parsed.GetValue(_prune) ? DeadLetterPruning.Prune(catalogue, reason) : null,
                Retried: parsed.GetValue(_retry) ? StoredDeadLetters.Retry(catalogue, reason) : null);
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(_json))
            {
                DeadLetterOutput.WriteJson(output, changes);
            }
            else
            {
                DeadLetterOutput.WriteText(output, changes);
            }

            return ExitCodes.Done;
        });
}
