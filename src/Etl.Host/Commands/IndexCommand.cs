using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl index</c>: an index on missing palettes, for who wants one.</summary>
internal sealed class IndexCommand : ConfiguredCommand
{
    private readonly Option<bool> _drop = CommandOption.Flag("--drop", "Drops the index.");

    public IndexCommand()
        : base(
            "index",
            """
            Creates or drops an index on missing palettes.

            With the index, a run finds missing palettes without reading the whole table,
            NULL before ''. It pays off in large catalogues with few missing palettes. No
            other command creates or needs it. Do not create or drop it during a run.

            Example: etl index --set Etl:Query:Database=movies.db
            """) => Takes(_drop);

    protected override Task<int> RunAsync(ParseResult parsed)
    {
        EtlOptions options = Load(parsed).Options;
        bool isDrop = parsed.GetValue(_drop);
        string name = MissingIndex.NameOf(options.Query);
        var catalogue = new SqliteCatalogue(options.Catalogue);
        long started = Stopwatch.GetTimestamp();
        bool done = isDrop ? MissingIndex.Drop(catalogue) : MissingIndex.Create(catalogue);
        string elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        string result = done ? $"{(isDrop ? "dropped" : "created")} the index {name} in {elapsed} s"
            : $"the index {name} {(isDrop ? "does not exist" : "already exists")}";
        parsed.InvocationConfiguration.Output.WriteLine($"{options.Query.Database}: {Printable.Line(result)}.");
        return Task.FromResult(ExitCodes.Done);
    }
}
