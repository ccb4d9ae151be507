using System.CommandLine;
using Etl.Host.Configuration;
using Etl.Host.Json;
using Etl.Host.Run;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;
using Serilog.Events;

namespace Etl.Host.Commands;

/// <summary><c>etl status</c>: how much is done, and how much is left.</summary>
internal sealed class StatusCommand : ConfiguredCommand
{
    private readonly Option<bool> _json = CommandOption.Flag("--json", "Prints one JSON object.");

    private readonly Option<RefreshKind?> _stale = CommandOption.OneOf<RefreshKind>(
        "--stale",
        "Counts instead the palettes made with other settings, those whose cover has changed, or both.",
        "settings", "covers", "all");

    public StatusCommand()
        : base(
            "status",
            """
            Counts movies, missing palettes and dead letters.

            Also counts palettes of damaged covers, and values that are no palettes
            (unreadable; see 'etl reset --unreadable'). --stale covers looks at every
            cover, and reads those that have changed. Changes nothing.

            Example: etl status --json
            Example: etl status --stale settings
            """) => Takes(_stale, _json);

    protected override Task<int> RunAsync(ParseResult parsed) => StreamingAction.RunAsync(parsed, async stopping =>
    {
        EtlConfiguration configuration = Load(parsed);
        QueryOptions query = configuration.Options.Query;
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_stale) is { } kind)
        {
            Show(await CountAsync(configuration, kind, parsed.InvocationConfiguration.Error, stopping), query, output, parsed.GetValue(_json));
        }
        else
        {
            Show(new SqliteCatalogue(configuration.Options.Catalogue).Status.Read(), query, output, parsed.GetValue(_json));
        }

        return ExitCodes.Done;
    });

    private static async Task<StaleCount> CountAsync(
        EtlConfiguration configuration, RefreshKind kind, TextWriter errors, CancellationToken stopping)
    {
        using ServiceProvider services = EtlServices.Build(configuration, new ConsoleLog(Terminal.On(errors)), LogEventLevel.Error);
        var catalogue = new SqliteCatalogue(services.GetRequiredService<CatalogueOptions>());
        var count = new StaleCount();
        if (kind is RefreshKind.Settings or RefreshKind.All)
        {
            count = StaleCount.OfSettings(catalogue);
        }

        return kind is RefreshKind.Covers or RefreshKind.All
            ? await count.WithCoversAsync(catalogue, services.GetRequiredService<ICoverSource>(), configuration.Options.Fetch, stopping)
            : count;
    }

    private static void Show(StaleCount stale, QueryOptions query, TextWriter output, bool asJson)
    {
        if (asJson)
        {
            var json = new StaleJson(query.Database, query.Table, stale.Settings, stale.Covers, stale.Unreadable);
            EtlJson.WriteLine(output, json, EtlJson.Readable.StaleJson);
            return;
        }

        output.WriteLine($"{query.Table} in {query.Database}");
        WriteCount(output, "stale settings", stale.Settings);
        WriteCount(output, "stale covers", stale.Covers);
        WriteCount(output, "unreadable covers", stale.Unreadable > 0 ? stale.Unreadable : null);
    }

    private static void Show(CatalogueStatus status, QueryOptions query, TextWriter output, bool asJson)
    {
        if (asJson)
        {
            EtlJson.WriteLine(output, new CatalogueJson(query, status), EtlJson.Readable.CatalogueJson);
        }
        else
        {
            WriteText(output, query, status);
        }
    }

    private static void WriteText(TextWriter output, QueryOptions query, CatalogueStatus status)
    {
        output.WriteLine($"{query.Table} in {query.Database}");
        WriteCount(output, "movies", status.Movies);
        WriteCount(output, "missing", status.Missing);
        WriteCount(output, "done", status.Done);
        if (status.Unreadable > 0)
        {
            WriteCount(output, "unreadable", status.Unreadable);
        }

        if (status.Incomplete > 0)
        {
            WriteCount(output, "without a column", status.Incomplete);
        }

        WriteCount(output, "dead letters", status.DeadLetters.Sum(letters => letters.Count));
        foreach (ReasonCount letters in status.DeadLetters)
        {
            WriteCount(output, $"  {Printable.Line(letters.Reason)}", letters.Count);
        }

        if (status.Damaged > 0)
        {
            WriteCount(output, "damaged covers", status.Damaged);
        }
    }

    /// <summary>Writes the line of a count; null for none.</summary>
    private static void WriteCount(TextWriter output, string name, long? count)
    {
        if (count is { } number)
        {
            output.WriteLine($"{name,-20}  {RunSummary.Number(number),13}");
        }
    }
}
