using System.CommandLine;
using System.Text.Json;
using Etl.Host.Run;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl status</c>: how much is done, and how much is left.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        var json = new Option<bool>("--json") { Description = "Prints one JSON object." };
        var command = new Command(
            "status",
            """
            Counts movies, missing palettes and dead letters.

            Also counts palettes of damaged covers. Changes nothing.

            Example: etl status --json
            """)
        {
            json,
        };
        shared.AddTo(command);
        command.Does(parsed =>
        {
            EtlOptions options = shared.Load(parsed).ToOptions();
            QueryOptions query = options.Query;
            CatalogueStatus status = new SqliteCatalogue(options.Catalogue).Status.Read();
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(ToJson(query, status), CommandJson.Readable.StatusJson));
            }
            else
            {
                WriteText(output, query, status);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static StatusJson ToJson(QueryOptions query, CatalogueStatus status) => new(
        query.Database,
        query.Table,
        status.Movies,
        status.Missing,
        status.Done,
        status.DeadLetters.Sum(letters => letters.Count),
        status.DeadLetters.ToDictionary(letters => letters.Reason, letters => letters.Count),
        status.Damaged);

    private static void WriteText(TextWriter output, QueryOptions query, CatalogueStatus status)
    {
        output.WriteLine($"{query.Table} in {query.Database}");
        WriteCount(output, "movies", status.Movies);
        WriteCount(output, "missing", status.Missing);
        WriteCount(output, "done", status.Done);
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
