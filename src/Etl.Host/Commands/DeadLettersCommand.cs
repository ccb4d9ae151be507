using System.CommandLine;
using Etl.Host.Json;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl dead-letters</c>: lists, retries or deletes dead letters.</summary>
internal sealed class DeadLettersCommand : ConfiguredCommand
{
    private readonly Option<string?> _reason = new Option<string?>("--reason")
    {
        Description = $"Selects the dead letters with this reason: {string.Join(", ", FailureReasons.All)}.",
        HelpName = "REASON",
    }.AcceptOnlyFromAmong([.. FailureReasons.All]);

    private readonly Option<bool> _damaged = CommandOption.Flag(
        "--damaged", "Lists the palettes made of damaged covers instead; with --retry empties them, so that the next run makes them again.");

    private readonly Option<bool> _json = CommandOption.Flag(
        "--json", "Prints a JSON array; with --retry or --prune, an object with the counts.");

    private readonly Option<bool> _retry = CommandOption.Flag(
        "--retry", "Makes the next run retry the movies, even if their covers have not changed.");

    private readonly Option<bool> _prune = CommandOption.Flag(
        "--prune", "Deletes the dead letters of movies that no longer exist.");

    public DeadLettersCommand()
        : base(
            "dead-letters",
            """
            Lists, retries or deletes dead letters (failed movies).

            Without --retry or --prune, only lists them with their reasons.
            With --damaged, lists palettes that were made of damaged covers.

            Example: etl dead-letters --reason corrupt --retry

            Exit codes: 0 done, 1 failed, 2 refused, 129, 130 or 143 stopped by a signal.
            """)
    {
        Takes(_reason, _damaged, _json, _retry, _prune);
        Validators.Add(given =>
        {
            if (given.GetValue(_damaged) && given.GetResult(_reason) is not null)
            {
                given.AddError("--damaged takes no --reason: palettes of damaged covers have none.");
            }
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed) => StreamingAction.RunAsync(parsed, stopping =>
    {
        var catalogue = new SqliteCatalogue(Load(parsed).Options.Catalogue);
        bool isDamaged = parsed.GetValue(_damaged);
        if (parsed.GetValue(_retry) || parsed.GetValue(_prune))
        {
            Tell(isDamaged ? ChangeDamaged(catalogue, parsed) : Change(catalogue, parsed), parsed);
        }
        else if (isDamaged)
        {
            Print(catalogue.DamagedPalettes.Read().Select(static damage => new DamagedPaletteJson(damage)), Listings.DamagedPalettes, parsed, stopping);
        }
        else
        {
            IEnumerable<StoredDeadLetter> letters = catalogue.DeadLetters.Read(parsed.GetValue(_reason));
            Print(letters.Select(static letter => new DeadLetterJson(letter)), Listings.DeadLetters, parsed, stopping);
        }

        return Task.FromResult(ExitCodes.Done);
    });

    private void Print<T>(IEnumerable<T> rows, Listing<T> listing, ParseResult parsed, CancellationToken stopping)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        using IEnumerator<T> row = rows.GetEnumerator();
        bool any = row.MoveNext(); // before the output begins: where the catalogue cannot be read, there is none
        using JsonArray<T>? array = parsed.GetValue(_json) ? new JsonArray<T>(output, listing.Json, stopping) : null;
        if (array is null)
        {
            output.WriteLine(any ? listing.Titles : listing.None);
        }

        for (; any; any = row.MoveNext())
        {
            stopping.ThrowIfCancellationRequested();
            if (array is null)
            {
                output.WriteLine(Printable.Line(listing.Line(row.Current)));
            }
            else
            {
                array.Add(row.Current);
            }
        }
    }

    private void Tell(DeadLetterChangesJson changes, ParseResult parsed)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            EtlJson.WriteLine(output, changes, EtlJson.Readable.DeadLetterChangesJson);
            return;
        }

        bool isDamaged = parsed.GetValue(_damaged);
        Line("Deleted", isDamaged ? null : changes.Pruned, "dead letter", " of movies that no longer exist");
        Line("Deleted", isDamaged ? changes.Pruned : changes.PrunedDamaged, "damaged cover", " whose movie is gone");
        Line("Deleted", changes.PrunedProvenance, "provenance row", " of movies that no longer exist");
        Line("The next run retries", changes.Retried, "dead letter", "");
        Line("Emptied", changes.Emptied, "palette", " of damaged covers; the next run makes them anew");

        void Line(string verb, long? count, string noun, string rest)
        {
            if (count is { } rows)
            {
                output.WriteLine($"{verb} {Printable.Count(rows, noun)}{rest}.");
            }
        }
    }

    /// <summary>Those of movies that are gone would never be tried, so they go before the others are counted.</summary>
    private DeadLetterChangesJson Change(SqliteCatalogue catalogue, ParseResult parsed)
    {
        string? reason = parsed.GetValue(_reason);
        bool isPruned = parsed.GetValue(_prune);
        return new DeadLetterChangesJson(
            Pruned: isPruned ? catalogue.DeadLetters.Prune(reason) : null,
            PrunedDamaged: isPruned && reason is null && catalogue.DamagedPalettes.Prune() is > 0 and var pruned ? pruned : null,
            PrunedProvenance: isPruned && reason is null && catalogue.Provenance.Prune() is > 0 and var movies ? movies : null,
            Retried: parsed.GetValue(_retry) ? catalogue.DeadLetters.Retry(reason) : null);
    }

    private DeadLetterChangesJson ChangeDamaged(SqliteCatalogue catalogue, ParseResult parsed) => new(
        Pruned: parsed.GetValue(_prune) ? catalogue.DamagedPalettes.Prune() : null,
        Emptied: parsed.GetValue(_retry) ? catalogue.Palettes.Reset(ResetSelection.Damaged).Palettes : null);
}
