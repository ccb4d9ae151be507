using System.CommandLine;
using Etl.Cluster;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Pipeline;

namespace Etl.Host.Commands;

/// <summary>Turns what a command throws into a line for the user and an exit code.</summary>
internal static class CommandAction
{
    /// <summary>Sets what a command does.</summary>
    public static void Does(this Command command, Func<ParseResult, Task<int>> action) =>
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                return await action(parsed);
            }
            catch (Exception error) when (ExitCodeOf(error) is { } code)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"etl: {MessageOf(error)}");
                return code;
            }
            catch (Exception error)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"etl: unexpected error, please report it: {error}");
                return ExitCodes.Failed;
            }
        });

    /// <summary>The exit code of an error that needs no stack trace.</summary>
    private static int? ExitCodeOf(Exception error) => error switch
    {
        UserException user => user.ExitCode,
        DeadLetterLimitException => ExitCodes.TooManyDeadLetters,
        OptionsValidationException => ExitCodes.Refused,
        CatalogueException or ClusterException or IOException or UnauthorizedAccessException => ExitCodes.Failed,
        _ => null,
    };

    private static string MessageOf(Exception error) =>
        error is OptionsValidationException options ? string.Join(Environment.NewLine, options.Failures) : error.Message;
}
