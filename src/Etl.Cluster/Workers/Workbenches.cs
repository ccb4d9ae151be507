using System.Text.Json;
using Etl.Cluster.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Workers;

/// <summary>The bench that work is done on: of one run's settings at a time, and of the next once it is empty.</summary>
internal sealed class Workbenches(
    Func<EtlOptions, IExtraction> extraction,
    IOptions<EtlOptions> machine,
    int seats,
    EtlMetrics metrics,
    TimeProvider clock,
    RunAbort abort,
    ILogger log) : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(50);

    private readonly Seats _seats = new(seats);
    private volatile Workbench? _bench;
    private volatile string? _settings;
    private ITimer? _refresh;

    /// <summary>Whether a run's settings are such that this machine can obey them.</summary>
    public bool Accepts(ExtractionSettings settings) => OptionsValidation.Problems(settings.ApplyTo(machine.Value)).Count == 0;

    /// <summary>Makes the palettes of a message's movies, beside other messages of the same run.</summary>
    public async Task<MovieResult[]> ExtractAsync(WorkMessage work)
    {
        string settings = TextOf(work);
        while (true)
        {
            await _seats.TakeAsync(abort.Token).ConfigureAwait(false);
            try
            {
                if (settings == _settings)
                {
                    return await _bench!.ExtractAsync(work.Movies).ConfigureAwait(false);
                }
            }
            finally
            {
                _seats.Leave();
            }

            if (await _seats.TakeAllAsync(() => settings != _settings, abort.Token).ConfigureAwait(false))
            {
                await AloneAsync(() => SetUpAsync(work, settings)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Likewise, while nothing else is worked on.</summary>
    public async Task<MovieResult[]> ExtractAloneAsync(WorkMessage work)
    {
        MovieResult[] results = [];
        await _seats.TakeAllAsync(static () => true, abort.Token).ConfigureAwait(false);
        await AloneAsync(async () =>
        {
            await SetUpAsync(work, TextOf(work)).ConfigureAwait(false);
            results = await _bench!.ExtractAsync(work.Movies).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return results;
    }

    /// <summary>Ends the bench at hand.</summary>
    public async Task CloseAsync()
    {
        if (_bench is { } bench)
        {
            await bench.CloseAsync().ConfigureAwait(false);
            await _refresh!.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _refresh?.Dispose();
        _seats.Dispose();
    }

    /// <summary>Does something with all seats taken, and leaves them.</summary>
    private async Task AloneAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            _seats.LeaveAll();
        }
    }

    private async Task SetUpAsync(WorkMessage work, string settings)
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
        _bench = new Workbench(extraction(options), run, abort);
        _refresh = clock.CreateTimer(_ => run.Refresh(), null, RefreshInterval, RefreshInterval);
    }

    private static string TextOf(WorkMessage work) => JsonSerializer.Serialize(work with { Movies = [] }, MessageJson.Work);
}
