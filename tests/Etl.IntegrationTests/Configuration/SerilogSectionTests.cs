using Etl.Host.Configuration;
using Microsoft.Extensions.Configuration;
using Serilog;
using Serilog.Core;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Tests sinks that the section <c>Serilog</c> may name with or without their assembly.</summary>
public sealed class SerilogSectionTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("WriteTo:0", "")]
    [InlineData("WriteTo:0", "Serilog.Sinks.File")]
    [InlineData("WriteTo:0:Args:configureLogger:WriteTo:0", "")] // a logger of Serilog itself, around the file
    public void Section_FileSink_IsWrittenTo(string sink, string assembly)
    {
        string file = _folder.PathOf("log.txt");
        var settings = new Dictionary<string, string?>
        {
            ["Serilog:WriteTo:0:Name"] = "Logger",
            [$"Serilog:{sink}:Name"] = "File",
            [$"Serilog:{sink}:Args:path"] = file,
            [$"Serilog:{sink}:Args:formatter"] = "Serilog.Formatting.Compact.CompactJsonFormatter, Serilog.Formatting.Compact",
            ["Serilog:Using:0"] = assembly.Length > 0 ? assembly : null,
        };
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Value is not null)).Build();

        using (Logger logger = new LoggerConfiguration().ReadFrom.Section(configuration).CreateLogger())
        {
            logger.Information("Something {Happened}", "here");
        }

        Assert.Contains("\"Happened\":\"here\"", File.ReadAllText(file), StringComparison.Ordinal);
    }
}
