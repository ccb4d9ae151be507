using System.CommandLine;
using Etl.Host.Json;
using Etl.Host.Run;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl status</c>: how much is done, and how much is left.</summary>
internal sealed class StatusCommand : ConfiguredCommand
{
    private readonly Option<bool> _json = CommandOption.Flag("--json", "Prints one JSON object.");

    public StatusCommand()
        : base(
            "status",
            """
            Counts movies, missing palettes and dead letters.

            Also counts palettes of damaged covers, and values that are no palettes
            (unreadable; see 'etl reset --unreadable'). Changes nothing.

            Example: etl status --json
            """) => Takes(_json);

    protected override Task<int> RunAsync(ParseResult parsed)
    {
        EtlOptions options = Load(parsed).Options;
        QueryOptions query = options.Query;
        CatalogueStatus status = new SqliteCatalogue(options.Catalogue).Status.Read();
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            EtlJson.WriteLine(output, new CatalogueJson(query, status), EtlJson.Readable.CatalogueJson);
        }
        else
        {
            WriteText(output, query, status);
        }

        return Task.FromResult(ExitCodes.Done);
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

    private static void WriteCount(TextWriter output, string name, long count) =>
        output.WriteLine($"{name,-20}  {RunSummary.Number(count),13}");
}
