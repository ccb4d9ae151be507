using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Etl.Host.Configuration;
using Etl.Host.Demo;
using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary><c>etl demo</c>: draws a catalogue and runs the main job on it.</summary>
internal static class DemoCommand
{
    private const int MostMovies = 1_000_000;

    private static readonly Option<int> Movies = new("--movies")
    {
        Description = "Movies, each with a drawn cover; two covers are broken.",
        HelpName = "N",
        DefaultValueFactory = _ => 200,
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int movies) && movies is < 1 or > MostMovies)
                {
                    result.AddError($"--movies takes a number from 1 to {MostMovies}, not {text}.");
                }
            },
        },
    };

    private static readonly Option<DirectoryInfo> Folder = new("--directory")
    {
        Description = "Where the demo's movies.db and covers go; a second demo starts over.",
        HelpName = "DIRECTORY",
        DefaultValueFactory = _ => new DirectoryInfo("demo"),
    };

    public static Command Create()
    {
        var command = new Command(
            "demo",
            """
            Draws a catalogue of movies with covers, and runs the main job on it.

            Example: etl demo --movies 1000 --directory demo
            """)
        {
            Movies, Folder,
        };
        command.Does(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        int movies = parsed.GetValue(Movies);
        string folder = parsed.GetValue(Folder)!.FullName;
        string database = Path.Combine(folder, "movies.db");
        string covers = Path.Combine(folder, "covers", "{id}.jpg");

        long started = Stopwatch.GetTimestamp();
        DemoCatalogue.Create(folder, movies);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Drew {movies:#,0} covers in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, some of them PNG and WebP, two of them broken:"));
        await output.WriteLineAsync($"  {database}   table movies, every palette_json empty");
        await output.WriteLineAsync($"  {covers}");
        await output.WriteLineAsync("Filling in the palettes, as 'etl run' does:");

        string[] settings = [$"Etl:Query:Database={database}", $"Etl:Fetch:Locations:0={covers}"];
        var configuration = EtlConfiguration.OfDefaults(settings);
        int code = await RunExecution.RunAsync(
            configuration, new RunSettings { Progress = ProgressMode.Auto }, output, parsed.InvocationConfiguration.Error);

        await output.WriteLineAsync();
        await output.WriteLineAsync("Next:");
        string set = $"--set Etl:Query:Database={Path.GetRelativePath(Environment.CurrentDirectory, database)}";
        await output.WriteLineAsync($"  etl status {set}");
        await output.WriteLineAsync($"  etl dead-letters {set}");

        // Two covers are meant to be broken.
        return code == ExitCodes.Incomplete ? ExitCodes.Done : code;
    }
}
