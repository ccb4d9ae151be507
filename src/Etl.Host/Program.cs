using System.CommandLine;
using System.CommandLine.Help;
using Etl.Host.Commands;
using Etl.Host.Configuration;
using Etl.Host.Run;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;

namespace Etl.Host;

/// <summary>The program: picks the command, returns the exit code.</summary>
internal static class Program
{
    /// <summary>The commands by their names, in the order of the help.</summary>
    public static readonly OrderedDictionary<string, Func<Command>> Commands = new(StringComparer.Ordinal)
    {
        ["run"] = static () => new RunCommand(),
        ["serve"] = static () => new ServeCommand(),
        ["worker"] = static () => new WorkerCommand(),
        ["cluster"] = static () => new Command("cluster", "Shows the queues and the workers of a cluster.") { new ClusterStatusCommand() },
        ["demo"] = static () => new DemoCommand(),
        ["validate"] = static () => new ValidateCommand(),
        ["config"] = static () => new ConfigCommand(),
        ["status"] = static () => new StatusCommand(),
        ["explain"] = static () => new ExplainCommand(),
        ["reset"] = static () => new ResetCommand(),
        ["dead-letters"] = static () => new DeadLettersCommand(),
        ["index"] = static () => new IndexCommand(),
        ["similar"] = static () => new SimilarCommand(),
        ["report"] = static () => new ReportCommand(),
        ["palette"] = static () => new PaletteCommand(),
        ["bench"] = static () => new BenchCommand(),
        ["completions"] = static () => new CompletionsCommand(),
        [SandboxCommand.CommandName] = static () => new SandboxCommand(),
    };

    /// <summary>Without response files: an argument that begins with @ is taken literally.</summary>
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static Task<int> Main(string[] args) => StartAsync(args);

    /// <summary>Runs a command line as the process of the program.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="decorate">Decorates each cover decoder of the process; null for none.</param>
    public static Task<int> StartAsync(string[] args, Func<ICoverDecoder, ICoverDecoder>? decorate = null)
    {
        if (OpenFileLimit.Problem() is { } problem)
        {
            Console.Error.WriteLine($"etl: {problem}");
            return Task.FromResult(ExitCodes.Failed);
        }

        HostProcess.Begin(decorate);
        NativeHeap.Bound();
        LibVips.IsQuiet = true;
        if (args is ["run", ..])
        {
            _ = Warmup.StartAsync();
        }

        return RunAsync(args, Console.Out, Console.Error);
    }

    /// <summary>Runs a command line with the given outputs.</summary>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is [var directive, ..] && directive.StartsWith("[suggest", StringComparison.Ordinal))
        {
            return SuggestAsync(args, output);
        }

        Command root = CreateRoot(args);
        ParseResult parsed = root.Parse(args is [] ? ["--help"] : args, Parser);
        if (Problems(parsed, root) is { Count: > 0 } problems && parsed.Action is not ListingHelp && args is not ["--version"])
        {
            bool hasCommand = parsed.CommandResult.Command != root;
            foreach (string problem in problems)
            {
                errors.WriteLine(problem);
            }

            errors.WriteLine(hasCommand ? $"See 'etl {parsed.CommandResult.Command.Name} --help'." : "See 'etl --help'.");
            return Task.FromResult(ExitCodes.Refused);
        }

        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // signals drain the run; see Signals
        });
    }

    private static IReadOnlyList<string> Problems(ParseResult parsed, Command root) =>
        parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var unknown, ..]
            ? [$"There is no command '{unknown}'.{(NearestTo(unknown) is { } near ? $" Did you mean '{near}'?" : "")}"]
            : [.. parsed.Errors.Select(static error => error.Message).Concat(UnknownOptions.Problems(parsed)).Distinct()];

    private static string? NearestTo(string unknown) =>
        Spelling.Nearest(unknown, Commands.Keys.Where(static name => name != SandboxCommand.CommandName));

    /// <summary>Answers a shell, which asks for the words that fit at a place of a command line, with the directive of a RootCommand.</summary>
    private static Task<int> SuggestAsync(string[] args, TextWriter output)
    {
        var root = new RootCommand();
        root.Options.Clear(); // -?, /? and /h fit everywhere
        root.Add(new HelpOption("--help") { Recursive = true });
        root.Add(new VersionOption());
        foreach (Command command in CreateRoot([]).Subcommands)
        {
            root.Add(command);
        }

        return root.Parse(args, Parser).InvokeAsync(new InvocationConfiguration { Output = output });
    }

    /// <summary>The commands of a command line. Not a RootCommand, which would take its name from the assembly.</summary>
    internal static Command CreateRoot(string[] args)
    {
        var help = new HelpOption { Recursive = true };
        help.Action = new ListingHelp((HelpAction)help.Action!);
        var root = new Command("etl", "Fills in the missing colour palettes of a movie catalogue in SQLite.")
        {
            help,
            new VersionOption(),
        };

        // The one that is named, as to make all takes as long as half a run of nothing; all where none is, for the help.
        IEnumerable<Func<Command>> named = args is [var name, ..] && Commands.TryGetValue(name, out Func<Command>? one) ? [one] : Commands.Values;
        foreach (Func<Command> create in named)
        {
            root.Add(create());
        }

        return root;
    }
}
