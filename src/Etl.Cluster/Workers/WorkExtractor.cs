using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Workers;

/// <summary>Extracts the palettes of work messages, in a pipeline with the settings of one run. Another run's message replaces the
/// pipeline once it is empty.</summary>
/// <param name="createStages">Creates fetch, decode and quantize with options of the machine and the run, whose decoder runs in a process of
/// its own for each cover if the argument says so.</param>
/// <param name="machine">The machine's options.</param>
/// <param name="maxMessages">Maximum number of messages at the same time.</param>
/// <param name="monitor">Observes the progress of the movies.</param>
/// <param name="metrics">The instruments.</param>
/// <param name="clock">The clock.</param>
/// <param name="abort">Ends everything at once.</param>
/// <param name="log">The logger.</param>
internal sealed class WorkExtractor(
    Func<EtlOptions, bool, IExtraction> createStages,
    IOptions<EtlOptions> machine,
    int maxMessages,
    WorkerMonitor monitor,
    EtlMetrics metrics,
    TimeProvider clock,
    RunAbort abort,
    ILogger log) : IDisposable
{
    private readonly SharedExclusiveLock _lock = new(maxMessages);
    private volatile ExtractionPipeline? _pipeline;
    private volatile ExtractionPipeline? _isolated;
    private volatile string? _settings;
    private volatile string? _accepted;

    /// <summary>Whether a cover is being fetched.</summary>
    public bool IsFetching => _pipeline?.IsFetching == true || _isolated?.IsFetching == true;

    /// <summary>Why this machine cannot extract palettes with a run's settings; null when it can.</summary>
    public string? ProblemOf(WorkMessage work)
    {
        if (work.Fingerprint == _accepted)
        {
            return null;
        }

        if (ExtractionSettings.Read(work.Settings) is not { } known)
        {
            return "this version does not know one of its settings";
        }

        if (OptionsValidation.Problems(known.ApplyTo(machine.Value)) is [var problem, ..])
        {
            return $"this version refuses one of its settings ({problem})";
        }

        _accepted = work.Fingerprint;
        return null;
    }

    /// <summary>Extracts the palettes of a message's movies, concurrently with other messages of the same run.</summary>
    /// <param name="work">The message.</param>
    /// <param name="queue">The queue that it came from.</param>
    public async Task<MovieResult[]> ExtractAsync(WorkMessage work, string queue)
    {
        string settings = work.Fingerprint;
        while (true)
        {
            await _lock.EnterSharedAsync(abort.Token).ConfigureAwait(false);
            try
            {
                if (settings == _settings)
                {
                    return await _pipeline!.ExtractAsync(work.Movies, queue).ConfigureAwait(false);
                }
            }
            finally
            {
                _lock.ExitShared();
            }

            if (await _lock.EnterExclusiveAsync(() => settings != _settings, abort.Token).ConfigureAwait(false))
            {
                try
                {
                    await CloseAsync().ConfigureAwait(false);
                    _pipeline = Open(work, isIsolated: false);
                    _settings = settings;
                }
                finally
                {
                    _lock.ExitExclusive();
                }
            }
        }
    }

    /// <summary>Extracts the palettes of a message's movies, each cover decoded in a process of its own. No other message is in flight
    /// meanwhile, because such a process may use the memory budget of the decoders.</summary>
    /// <inheritdoc cref="ExtractAsync"/>
    public async Task<MovieResult[]> ExtractIsolatedAsync(WorkMessage work, string queue)
    {
        await _lock.EnterExclusiveAsync(static () => true, abort.Token).ConfigureAwait(false);
        try
        {
            ExtractionPipeline isolated = _isolated = Open(work, isIsolated: true);
            MovieResult[] results = await isolated.ExtractAsync(work.Movies, queue).ConfigureAwait(false);
            await isolated.CloseAsync().ConfigureAwait(false);
            return results;
        }
        finally
        {
            _isolated = null;
            _lock.ExitExclusive();
        }
    }

    /// <summary>Drains the current pipeline.</summary>
    public Task CloseAsync() => _pipeline?.CloseAsync() ?? Task.CompletedTask;

    public void Dispose() => _lock.Dispose();

    private ExtractionPipeline Open(WorkMessage work, bool isIsolated)
    {
        EtlOptions options = ExtractionSettings.Read(work.Settings)!.ApplyTo(machine.Value);
        return new ExtractionPipeline(createStages(options, isIsolated), new EtlRun(options.Run, metrics, clock, log), monitor, abort, clock);
    }
}
