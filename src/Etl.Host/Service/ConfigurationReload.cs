using System.Runtime.InteropServices;
using Etl.Host.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Etl.Host.Service;

/// <summary>Applies a changed configuration file a few seconds after it was saved, or at SIGHUP. A refused file is logged, and the old
/// values stay.</summary>
internal sealed partial class ConfigurationReload : IHostedService, IDisposable
{
    private static readonly string[] Fixed =
    [
        $"{EtlOptions.Section}:{nameof(EtlOptions.Query)}",
        $"{EtlOptions.Section}:{nameof(EtlOptions.DrainTimeout)}",
        $"{ServiceOptions.Section}:{nameof(ServiceOptions.Urls)}",
        $"{ServiceOptions.Section}:{nameof(ServiceOptions.ApiKey)}",
    ];

    private readonly Lock _gate = new();
    private readonly ConfigurationInForce _configuration;
    private readonly ConfigurationOrigin _origin;
    private readonly ILogger<ConfigurationReload> _log;
    private readonly PhysicalFileProvider? _folder;
    private IDisposable? _watch;
    private PosixSignalRegistration? _signal;

    public ConfigurationReload(ConfigurationInForce configuration, ConfigurationOrigin origin, ILogger<ConfigurationReload> log)
    {
        (_configuration, _origin, _log) = (configuration, origin, log);
        if (origin.File is { } file)
        {
            // Asked every few seconds: events of the file system miss what is mounted or linked anew.
            _folder = new PhysicalFileProvider(Path.GetDirectoryName(file)!, ExclusionFilters.None)
            {
                UsePollingFileWatcher = true,
                UseActivePolling = true,
            };
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_folder is not null)
        {
            _watch = ChangeToken.OnChange(() => _folder.Watch(Path.GetFileName(_origin.File!)), Reload);
        }

        if (!OperatingSystem.IsWindows())
        {
            _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                Reload();
            });
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _signal?.Dispose();
        _watch?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _folder?.Dispose();

    private void Reload()
    {
        lock (_gate)
        {
            try
            {
                EtlConfiguration current = _configuration.Current;
                EtlConfiguration next = _origin.Load();
                string[] changed = [.. current.Differences(next)];
                bool IsTaken(string path) => IsSafe(path, next);
                string[] kept = [.. changed.Where(path => !IsTaken(path))];
                if (changed.Length == 0)
                {
                    Unchanged(_log);
                }

                if (kept.Length > 0)
                {
                    NeedsRestart(_log, string.Join(", ", kept));
                }

                if (changed.Length > kept.Length)
                {
                    TakeOver(current.With(next, IsTaken), [.. changed.Except(kept)]);
                }
            }
            catch (UserException error)
            {
                Refused(_log, error.Message);
            }
        }
    }

    private void TakeOver(EtlConfiguration next, string[] changed)
    {
        _origin.First.TakeLevels(next);
        _configuration.Replace(next);
        Reloaded(_log, string.Join(", ", changed));
    }

    private bool IsSafe(string path, EtlConfiguration next) => SerilogSection.IsLevel(path)
        ? _origin.First.Root[path] is not null && next.Root[path] is not null // Serilog goes by those it has started with
        : path.StartsWith($"{EtlOptions.Section}:", StringComparison.OrdinalIgnoreCase)
            && !Fixed.Any(known => path.StartsWith(known, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(151, LogLevel.Information, "The configuration was reloaded: {Changed:l}.")]
    private static partial void Reloaded(ILogger log, string changed);

    [LoggerMessage(154, LogLevel.Information, "The configuration has not changed.")]
    private static partial void Unchanged(ILogger log);

    [LoggerMessage(152, LogLevel.Warning, "These changed settings take effect after a restart: {Kept:l}.")]
    private static partial void NeedsRestart(ILogger log, string kept);

    [LoggerMessage(153, LogLevel.Error, "The changed configuration is not applied, and the previous one stays in use: {Problem:l}")]
    private static partial void Refused(ILogger log, string problem);
}
