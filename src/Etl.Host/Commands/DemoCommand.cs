using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Etl.Demo;
using Etl.Host.Configuration;
using Etl.Host.Run;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl demo</c>: draws a catalogue and runs the main job on it.</summary>
internal sealed class DemoCommand : EtlCommand
{
    private readonly Option<long?> _movies = CommandOption.Number(
        "--movies", "Number of movies. Two of the covers are broken. Default: 200.", min: 1, max: 1_000_000);

    private readonly Option<DirectoryInfo> _directory = new("--directory")
    {
        Description = "Folder for movies.db and the covers. A second demo replaces both.",
        HelpName = "DIRECTORY",
        DefaultValueFactory = _ => new DirectoryInfo("demo"),
    };

    private readonly Option<LogFormat> _logFormat = CommandOption.LogFormat();

    public DemoCommand()
        : base(
            "demo",
            """
            Draws a sample catalogue and fills in its palettes.

            Uses the default configuration. Needs no network and no other files.

            Example: etl demo --movies 1000 --directory demo
            """)
    {
        Options.Add(_movies);
        Options.Add(_directory);
        Options.Add(_logFormat);
    }

    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        int movies = (int?)parsed.GetValue(_movies) ?? 200;
        string folder = parsed.GetValue(_directory)!.FullName;
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (folder.AsSpan().IndexOfAny('{', '}') >= 0)
        {
            throw new UserException(
                ExitCodes.Refused,
                $"--directory {folder} contains a brace, which marks the id in a location. Give another folder.");
        }

        string database = DemoCatalogue.DatabaseIn(folder);
        string covers = DemoCatalogue.CoverPath(folder, "{id}");
        Draw(movies, folder, output);

        // The demo is the same wherever it runs: no file of configuration and no environment.
        var configuration = EtlConfiguration.OfDefaults([$"Etl:Query:Database={database}", $"Etl:Fetch:Locations:0={covers}"]);
        int code = await RunExecution.RunAsync(
            configuration, new RunSettings { LogFormat = parsed.GetValue(_logFormat) }, output, parsed.InvocationConfiguration.Error);
        DemoGallery.Show(database, output);

        string here = Directory.GetCurrentDirectory();
        string set = $"--set Etl:Query:Database={Path.GetRelativePath(here, database)}";
        string both = $"{set} --set 'Etl:Fetch:Locations:0={Path.GetRelativePath(here, covers)}'";
        output.WriteLine(" Next steps ('etl' is the part of your command before 'demo'):");
        output.WriteLine($"   etl dead-letters {set}");
        output.WriteLine($"   etl reset --count 50 {set}");
        output.WriteLine($"   etl run {both}");
        output.WriteLine($"   etl serve {both}");

        return code == ExitCodes.Incomplete && Missing(database) == DemoCover.Broken(movies) ? ExitCodes.Done : code;
    }

    private static long Missing(string database) =>
        new SqliteCatalogue(new EtlOptions { Query = { Database = database } }.Catalogue).Status.Read().Missing;

    private static void Draw(int movies, string folder, TextWriter output)
    {
        long started = Stopwatch.GetTimestamp();
        DemoFolder.Create(folder, movies);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $" Drew a catalogue without palettes and {movies:#,0} covers, two of them broken, in {elapsed.TotalSeconds:0.0} s: {folder}"));
        output.WriteLine(" Filling in the palettes, as 'etl run' does:");
    }
}
