using System.CommandLine;
using Etl.Host.Configuration;
using Etl.Host.Web;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace Etl.Host.Commands;

/// <summary><c>etl validate</c>: checks the configuration, then what it points at, and changes neither.</summary>
internal sealed class ValidateCommand : ConfiguredCommand
{
    public ValidateCommand()
        : base(
            "validate",
            """
            Checks configuration, database, covers and libraries.

            Reports every problem at once, one line each. Changes nothing: palettes of up
            to 50 movies are written and rolled back, to find triggers and constraints
            that refuse them. Finds covers of these movies by another name in folders.

            Example: etl validate --config etl.json

            Exit codes:
              0  everything can be used
              1  the database, the covers or a native library cannot be used
              2  the command line or the configuration was refused
            """) => Takes();

    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        InvocationConfiguration console = parsed.InvocationConfiguration;
        EtlConfiguration configuration = Load(parsed);
        foreach (string misspelled in EnvironmentLayer.Misspelled(ProcessEnvironment.OfProcess().Variables))
        {
            await console.Error.WriteLineAsync($"etl: warning: {misspelled}");
        }

        ServiceAddress.Of(urls: null, configuration, ProcessEnvironment.OfProcess());

        // Building the services refuses what Serilog cannot read.
        using ServiceProvider services = EtlServices.Build(configuration, new ConsoleLog(Terminal.On(console.Error)), LogEventLevel.Error);
        await console.Output.WriteLineAsync(
            Line("configuration", $"every key and value is allowed ({Origins(configuration)})"));

        bool usable = true;
        await foreach (Finding finding in EnvironmentCheck.RunAsync(services, configuration.Cluster))
        {
            usable &= finding.IsFine || finding.IsOptional;
            await (finding.IsFine
                ? console.Output.WriteLineAsync(Line(finding.Subject, Printable.Line(finding.Text)))
                : console.Error.WriteLineAsync($"etl: {(finding.IsOptional ? "warning: " : "")}{Printable.Line(finding.Text)}"));
        }

        return usable ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string Origins(EtlConfiguration configuration) =>
        string.Join(
            ", ",
            configuration.Settings.Select(setting => setting.Origin).Distinct().OrderBy(origin => origin != Setting.Default));

    private static string Line(string subject, string text) => $"ok  {subject,-13}  {text}";
}
