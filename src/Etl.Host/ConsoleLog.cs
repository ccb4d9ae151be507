using System.Globalization;
using PaletteEtl.Telemetry;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;
using Spectre.Console;

namespace Etl.Host;

/// <summary>Shows log events on the console that also shows the progress, above it.</summary>
internal sealed class ConsoleLog(IAnsiConsole console, LogFormat format = LogFormat.Text) : ILogEventSink
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss zzz} {Level:u3} {Message:lj}";
    private const string End = "{NewLine}{Exception}";

    private readonly ITextFormatter _untraced = FormatterOf(format, Line + End);
    private readonly ITextFormatter _traced = FormatterOf(format, $"{Line} [{{TraceId}}]{End}");

    public void Emit(LogEvent logEvent)
    {
        if (format == LogFormat.Text && logEvent.MessageTemplate.Text == Log.RunFailed)
        {
            return; // it is the last line that the command shows
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        (logEvent.TraceId is null ? _untraced : _traced).Format(logEvent, text);
        console.Write(new Unwrapped(text.ToString()));
    }

    private static ITextFormatter FormatterOf(LogFormat format, string template) => format == LogFormat.Json
        ? new RenderedCompactJsonFormatter()
        : new MessageTemplateTextFormatter(template, CultureInfo.InvariantCulture);
}
