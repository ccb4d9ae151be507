using System.CommandLine;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.Host.Commands;

/// <summary><c>etl dead-letters</c>: lists the movies that failed, has them tried again, deletes those that are gone.</summary>
internal sealed class DeadLettersCommand
{
    private readonly Option<string?> _reason = new Option<string?>("--reason")
    {
        Description = $"Selects the dead letters with this reason: {string.Join(", ", FailureReasons.All)}.",
        HelpName = "REASON",
    }.AcceptOnlyFromAmong([.. FailureReasons.All]);

    private readonly Option<bool> _damaged = new("--damaged")
    {
        Description = "Lists the palettes made of damaged covers instead; with --retry empties them, so that the next run makes them again.",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints a JSON array; with --retry or --prune, an object with the counts.",
    };

    private readonly Option<bool> _retry = new("--retry")
    {
        Description = "Makes the next run retry the movies, even if their covers have not changed.",
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

            Without --retry or --prune, only lists them with their reasons.
            With --damaged, lists palettes that were made of damaged covers.

            Example: etl dead-letters --reason corrupt --retry

            Exit codes: 0 done, 1 failed, 2 refused, 130 or 143 stopped by a signal.
            """)
        {
            _reason,
            _damaged,
            _json,
            _retry,
            _prune,
        };
        _shared.AddTo(command);
        command.Validators.Add(given =>
        {
            if (given.GetValue(_damaged) && given.GetResult(_reason) is not null)
            {
                given.AddError("--damaged takes no --reason: palettes of damaged covers have none.");
            }
        });
        command.Streams((parsed, stopping) =>
        {
            EtlOptions options = _shared.Load(parsed).ToOptions();
            return Task.FromResult(SqliteCatalogue.Use(
                options,
                Changes(parsed) ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
                catalogue => Answer(catalogue, options, parsed, stopping)));
        });
        return command;
    }

    private bool Changes(ParseResult parsed) => parsed.GetValue(_retry) || parsed.GetValue(_prune);

    private int Answer(SqliteCatalogue catalogue, EtlOptions options, ParseResult parsed, CancellationToken stopping)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        bool asJson = parsed.GetValue(_json);
        switch (parsed.GetValue(_damaged), Changes(parsed))
        {
            case (false, false):
                List(StoredDeadLetters.Read(catalogue, parsed.GetValue(_reason)), DeadLetterOutput.WriteText, DeadLetterOutput.WriteJson);
                break;
            case (false, true):
                Tell(Change(catalogue, parsed), DeadLetterOutput.WriteText, DeadLetterOutput.WriteJson);
                break;
            case (true, false):
                List(StoredDamages.Read(catalogue), DamageOutput.WriteText, DamageOutput.WriteJson);
                break;
            default:
                Tell(ChangeDamaged(catalogue, options, parsed), DamageOutput.WriteText, DamageOutput.WriteJson);
                break;
        }

        return ExitCodes.Done;

        void List<T>(
            IEnumerable<T> rows, Action<TextWriter, IEnumerable<T>> writeText, Action<TextWriter, IEnumerable<T>, CancellationToken> writeJson)
        {
            IEnumerable<T> stoppable = rows.Select(row => stopping.IsCancellationRequested ? throw new OperationCanceledException(stopping) : row);
            if (asJson)
            {
                writeJson(output, stoppable, stopping);
            }
            else
            {
                writeText(output, stoppable);
            }
        }

        void Tell<T>(T changes, Action<TextWriter, T> writeText, Action<TextWriter, T> writeJson) =>
            (asJson ? writeJson : writeText)(output, changes);
    }

    /// <summary>Those of movies that are gone would never be tried, so they go before the others are counted.</summary>
    private DeadLetterChanges Change(SqliteCatalogue catalogue, ParseResult parsed)
    {
        string? reason = parsed.GetValue(_reason);
        bool isPruned = parsed.GetValue(_prune);
        return new DeadLetterChanges(
            Pruned: isPruned ? DeadLetterPruning.Prune(catalogue, reason) : null,
            PrunedDamaged: isPruned && reason is null && DeadLetterPruning.PruneDamaged(catalogue) is > 0 and var damaged ? damaged : null,
            Retried: parsed.GetValue(_retry) ? StoredDeadLetters.Retry(catalogue, reason) : null);
    }

    private DamageChanges ChangeDamaged(SqliteCatalogue catalogue, EtlOptions options, ParseResult parsed) => new(
        Pruned: parsed.GetValue(_prune) ? DeadLetterPruning.PruneDamaged(catalogue) : null,
        Emptied: parsed.GetValue(_retry) ? new PaletteReset(catalogue, options, ResetSelection.Damaged).Apply().Palettes : null);
}
