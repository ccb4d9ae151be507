using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Etl.Host;

/// <summary>Closes the logs before the container does. A log file that cannot be written to its end, on a full disk, does not
/// fail a run that has ended.</summary>
/// <param name="loggers">The factory, which owns the logger of Serilog.</param>
/// <param name="console">The sink that the problem is logged to.</param>
/// <param name="level">The minimum level of the console.</param>
internal sealed class LogClosing(ILoggerFactory loggers, ConsoleLog console, LogEventLevel level) : IDisposable
{
    public void Dispose()
    {
        try
        {
            loggers.Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            using Logger shown = new LoggerConfiguration().WriteTo.Sink(console, level).CreateLogger();
            shown.Warning("The end of the log is lost: {Problem:l}. The exit code is not affected.", error.Message.TrimEnd('.'));
        }
    }
}
