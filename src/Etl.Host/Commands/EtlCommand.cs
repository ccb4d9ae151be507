using System.CommandLine;
using Etl.Cluster;
using PaletteEtl.Catalogue;
using PaletteEtl.Pipeline;

namespace Etl.Host.Commands;

/// <summary>A command of the program. Turns an exception of its work into a line for the user and an exit code.</summary>
internal abstract class EtlCommand : Command
{
    protected EtlCommand(string name, string description)
        : base(name, description) => SetAction((parsed, _) => InvokeAsync(parsed));

    /// <summary>Does the work of the command, and returns the exit code.</summary>
    protected abstract Task<int> RunAsync(ParseResult parsed);

    private async Task<int> InvokeAsync(ParseResult parsed)
    {
        try
        {
            return await RunAsync(parsed);
        }
        catch (Exception error) when (ExitCodeOf(error) is { } code)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"etl: {error.Message}");
            return code;
        }
        catch (Exception error)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"etl: unexpected error, please report it: {error}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>The exit code of an error that needs no stack trace.</summary>
    private static int? ExitCodeOf(Exception error) => error switch
    {
        UserException user => user.ExitCode,
        DeadLetterLimitException => ExitCodes.TooManyDeadLetters,
        CatalogueException or CoverOutageException or ClusterException or IOException or UnauthorizedAccessException => ExitCodes.Failed,
        _ => null,
    };
}
