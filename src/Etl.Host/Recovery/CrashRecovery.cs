using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Etl.Host.Recovery;

/// <summary>Registers the recovery from crashes, so that a cover crashes the process only once.</summary>
internal static partial class CrashRecovery
{
    /// <summary>Registers the crash log of the catalogue, and decorates decoder and sink.</summary>
    public static void AddTo(IServiceCollection services, EtlBuilder etl)
    {
        services.TryAddSingleton(static provider => new CrashLog(OptionsOf(provider).Query.Database));
        etl.Decoder.Through(static (provider, decoder) => new CrashSafeDecoder(
            HostProcess.Decorate(decoder),
            new SandboxDecoder(OptionsOf(provider), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<CrashLog>(),
            provider.GetRequiredService<ILogger<CrashSafeDecoder>>()));
        etl.Sink.Through(static (provider, sink) => new CrashSafeSink(sink, provider.GetRequiredService<CrashLog>()));
    }

    /// <summary>Starts the crash log of a run. Where the log cannot be written, the run goes on without.</summary>
    public static void Begin(IServiceProvider services)
    {
        if (services.GetService<CrashLog>() is not { IsOpen: false } crashLog || !File.Exists(OptionsOf(services).Query.Database))
        {
            return;
        }

        ILogger log = services.GetRequiredService<ILogger<CrashLog>>();
        try
        {
            int suspects = crashLog.Open();
            if (suspects > 0)
            {
                Suspects(log, suspects);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            NoCrashLog(log, error.Message);
        }
    }

    /// <summary>A run has read its catalogue to the end.</summary>
    public static void Completed(IServiceProvider services) => services.GetService<CrashLog>()?.RemoveOthers();

    [LoggerMessage(111, LogLevel.Warning,
        "An earlier run crashed while it decoded {Suspects} covers. They are decoded one by one, each in a separate process.")]
    private static partial void Suspects(ILogger log, int suspects);

    [LoggerMessage(112, LogLevel.Warning,
        "The crash log beside the database cannot be written, so a cover that crashes the process can do so again: {Problem:l}")]
    private static partial void NoCrashLog(ILogger log, string problem);

    private static EtlOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<EtlOptions>>().Value;
}
