using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using Spectre.Console;

namespace Etl.Host;

/// <summary>Shows log events on the console that also shows the progress, above it.</summary>
internal sealed class ConsoleLog(IAnsiConsole console) : ILogEventSink
{
    private readonly MessageTemplateTextFormatter _formatter =
        new("{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture);

    public void Emit(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _formatter.Format(logEvent, text);
        console.Write(new Unwrapped(text.ToString()));
    }
}
