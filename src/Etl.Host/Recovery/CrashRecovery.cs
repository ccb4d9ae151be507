using Etl.Host.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Etl.Host.Recovery;

/// <summary>Registers what keeps a cover that ends the process from doing so for ever.</summary>
internal static partial class CrashRecovery
{
    /// <summary>Registers the journal of the catalogue, and puts it around decoder and sink.</summary>
    public static void AddTo(IServiceCollection services, EtlBuilder etl, EtlConfiguration configuration)
    {
        services.TryAddSingleton(static provider => new DecodeJournal(OptionsOf(provider).Query.Database));
        etl.Decoder.Through((provider, decoder) => new JournaledDecoder(
            decoder,
            new SandboxDecoder(configuration, OptionsOf(provider), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<DecodeJournal>(),
            provider.GetRequiredService<ILogger<JournaledDecoder>>()));
        etl.Sink.Through(static (provider, sink) => new JournaledSink(sink, provider.GetRequiredService<DecodeJournal>()));
    }

    /// <summary>Starts the journal of a run. A run that cannot keep one goes without.</summary>
    public static void Begin(IServiceProvider services)
    {
        if (services.GetService<DecodeJournal>() is not { IsOpen: false } journal || !File.Exists(OptionsOf(services).Query.Database))
        {
            return;
        }

        ILogger log = services.GetRequiredService<ILogger<DecodeJournal>>();
        try
        {
            int suspects = journal.Open();
            if (suspects > 0)
            {
                Suspects(log, suspects);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            NoJournal(log, error.Message);
        }
    }

    /// <summary>A run has read its catalogue to the end.</summary>
    public static void Completed(IServiceProvider services) => services.GetService<DecodeJournal>()?.SettleOthers();

    [LoggerMessage(111, LogLevel.Warning,
        "An earlier run crashed while it decoded {Suspects} covers. They are decoded one by one, each in a separate process.")]
    private static partial void Suspects(ILogger log, int suspects);

    [LoggerMessage(112, LogLevel.Warning,
        "The crash journal beside the database cannot be written, so a cover that crashes the process can do so again: {Problem}")]
    private static partial void NoJournal(ILogger log, string problem);

    private static EtlOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<EtlOptions>>().Value;
}
