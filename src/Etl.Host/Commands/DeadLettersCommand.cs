using System.CommandLine;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

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
            Answer(new SqliteCatalogue(_shared.Load(parsed).ToOptions().Catalogue), parsed, stopping);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private bool Changes(ParseResult parsed) => parsed.GetValue(_retry) || parsed.GetValue(_prune);

    private void Answer(SqliteCatalogue catalogue, ParseResult parsed, CancellationToken stopping)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        bool asJson = parsed.GetValue(_json);
        IDeadLetters letters = catalogue.DeadLetters;
        IDamagedPalettes damaged = catalogue.DamagedPalettes;
        switch (parsed.GetValue(_damaged), Changes(parsed))
        {
            case (false, false):
                List(letters.Read(parsed.GetValue(_reason)), DeadLetterOutput.WriteText, DeadLetterOutput.WriteJson);
                break;
            case (false, true):
                Tell(Change(letters, damaged, parsed), DeadLetterOutput.WriteText, DeadLetterOutput.WriteJson);
                break;
            case (true, false):
                List(damaged.Read(), DamageOutput.WriteText, DamageOutput.WriteJson);
                break;
            default:
                Tell(ChangeDamaged(damaged, catalogue.Palettes, parsed), DamageOutput.WriteText, DamageOutput.WriteJson);
                break;
        }

        void List<T>(
            IEnumerable<T> rows, Action<TextWriter, IEnumerable<T>> writeText, Action<TextWriter, IEnumerable<T>, CancellationToken> writeJson)
        {
            using IEnumerator<T> row = rows.GetEnumerator();
            bool any = row.MoveNext(); // before the output begins: where the catalogue cannot be read, there is none
            if (asJson)
            {
                writeJson(output, Stoppable(), stopping);
            }
            else
            {
                writeText(output, Stoppable());
            }

            IEnumerable<T> Stoppable()
            {
                for (; any; any = row.MoveNext())
                {
                    stopping.ThrowIfCancellationRequested();
                    yield return row.Current;
                }
            }
        }

        void Tell<T>(T changes, Action<TextWriter, T> writeText, Action<TextWriter, T> writeJson) =>
            (asJson ? writeJson : writeText)(output, changes);
    }

    /// <summary>Those of movies that are gone would never be tried, so they go before the others are counted.</summary>
    private DeadLetterChanges Change(IDeadLetters letters, IDamagedPalettes damaged, ParseResult parsed)
    {
        string? reason = parsed.GetValue(_reason);
        bool isPruned = parsed.GetValue(_prune);
        return new DeadLetterChanges(
            Pruned: isPruned ? letters.Prune(reason) : null,
            PrunedDamaged: isPruned && reason is null && damaged.Prune() is > 0 and var pruned ? pruned : null,
            Retried: parsed.GetValue(_retry) ? letters.Retry(reason) : null);
    }

    private DamageChanges ChangeDamaged(IDamagedPalettes damaged, IPalettes palettes, ParseResult parsed) => new(
        Pruned: parsed.GetValue(_prune) ? damaged.Prune() : null,
        Emptied: parsed.GetValue(_retry) ? palettes.Reset(ResetSelection.Damaged).Palettes : null);
}
