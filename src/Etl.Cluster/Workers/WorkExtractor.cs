using System.Text.Json;
using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Workers;

/// <summary>Extracts the palettes of work messages, in a pipeline with the settings of one run. Another run's message replaces the
/// pipeline once it is empty.</summary>
internal sealed class WorkExtractor(
    Func<EtlOptions, IExtraction> extraction,
    IOptions<EtlOptions> machine,
    int maxMessages,
    EtlMetrics metrics,
    TimeProvider clock,
    RunAbort abort,
    ILogger log) : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(50);

    private readonly SharedExclusiveLock _lock = new(maxMessages);
    private volatile ExtractionPipeline? _pipeline;
    private volatile string? _settings;
    private ITimer? _refresh;

    /// <summary>Whether a run's settings are valid with this machine's options.</summary>
    public bool Accepts(ExtractionSettings settings) => OptionsValidation.Problems(settings.ApplyTo(machine.Value)).Count == 0;

    /// <summary>Extracts the palettes of a message's movies, concurrently with other messages of the same run.</summary>
    public async Task<MovieResult[]> ExtractAsync(WorkMessage work)
    {
        string settings = TextOf(work);
        while (true)
        {
            await _lock.EnterSharedAsync(abort.Token).ConfigureAwait(false);
            try
            {
                if (settings == _settings)
                {
                    return await _pipeline!.ExtractAsync(work.Movies).ConfigureAwait(false);
                }
            }
            finally
            {
                _lock.ExitShared();
            }

            if (await _lock.EnterExclusiveAsync(() => settings != _settings, abort.Token).ConfigureAwait(false))
            {
                await RunExclusivelyAsync(() => EnsurePipelineAsync(work, settings)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Extracts the palettes of a message's movies while no other message is in flight.</summary>
    public async Task<MovieResult[]> ExtractExclusivelyAsync(WorkMessage work)
    {
        MovieResult[] results = [];
        await _lock.EnterExclusiveAsync(static () => true, abort.Token).ConfigureAwait(false);
        await RunExclusivelyAsync(async () =>
        {
            await EnsurePipelineAsync(work, TextOf(work)).ConfigureAwait(false);
            results = await _pipeline!.ExtractAsync(work.Movies).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return results;
    }

    /// <summary>Drains the current pipeline.</summary>
    public async Task CloseAsync()
    {
        if (_pipeline is { } pipeline)
        {
            await pipeline.CloseAsync().ConfigureAwait(false);
            await _refresh!.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _refresh?.Dispose();
        _lock.Dispose();
    }

    /// <summary>Runs an action under the exclusive lock, which the caller has entered, and exits the lock.</summary>
    private async Task RunExclusivelyAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            _lock.ExitExclusive();
        }
    }

    private async Task EnsurePipelineAsync(WorkMessage work, string settings)
    {
        if (settings != _settings)
        {
            await CloseAsync().ConfigureAwait(false);
            Open(work.Settings.ApplyTo(machine.Value));
            _settings = settings;
        }
    }

    private void Open(EtlOptions options)
    {
        var run = new EtlRun(options.Run, metrics, clock, log);
        _pipeline = new ExtractionPipeline(extraction(options), run, abort);
        _refresh = clock.CreateTimer(_ => run.Refresh(), null, RefreshInterval, RefreshInterval);
    }

    private static string TextOf(WorkMessage work) => JsonSerializer.Serialize(work with { Movies = [] }, MessageJson.Work);
}
