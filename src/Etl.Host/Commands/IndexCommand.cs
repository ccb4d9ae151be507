using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl index</c>: an index on missing palettes, for who wants one.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        var drop = new Option<bool>("--drop") { Description = "Drops the index." };
        var command = new Command(
            "index",
            """
            Creates or drops an index on missing palettes.

            With the index, a run finds missing palettes without reading the whole table,
            NULL before ''. It pays off in large catalogues with few missing palettes. No
            other command creates or needs it. Do not create or drop it during a run.

            Example: etl index --set Etl:Query:Database=movies.db
            """)
        {
            drop,
        };
        shared.AddTo(command);
        command.Does(parsed =>
        {
            EtlOptions options = shared.Load(parsed).ToOptions();
            string done = parsed.GetValue(drop) ? Drop(options) : Create(options);
            parsed.InvocationConfiguration.Output.WriteLine($"{options.Query.Database}: {Printable.Line(done)}.");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static string Create(EtlOptions options)
    {
        long started = Stopwatch.GetTimestamp();
        string name = MissingIndex.NameOf(options.Query);
        return MissingIndex.Create(new SqliteCatalogue(options.Catalogue))
            ? $"created the index {name} in {Seconds(started)}"
            : $"the index {name} already exists";
    }

    private static string Drop(EtlOptions options)
    {
        long started = Stopwatch.GetTimestamp();
        string name = MissingIndex.NameOf(options.Query);
        return MissingIndex.Drop(new SqliteCatalogue(options.Catalogue))
            ? $"dropped the index {name} in {Seconds(started)}"
            : $"the index {name} does not exist";
    }

    private static string Seconds(long started) =>
        string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
}
