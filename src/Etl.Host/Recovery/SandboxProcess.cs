using System.Diagnostics;

namespace Etl.Host.Recovery;

/// <summary>This program as a child that decodes one cover, ended at the latest with this object.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly SandboxLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Task<string> _errors;

    private SandboxProcess(Process process, SandboxLimits limits, TimeProvider clock)
    {
        (_process, _limits, _clock) = (process, limits, clock);
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static SandboxProcess Start(IEnumerable<string> arguments, SandboxLimits limits, TimeProvider clock)
    {
        ProcessStartInfo start = HostProcess.Child(arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return new SandboxProcess(Process.Start(start)!, limits, clock);
    }

    /// <summary>Hands the child a cover and waits for its answer.</summary>
    /// <exception cref="CoverException">The child died, or had to be ended, over this cover.</exception>
    /// <exception cref="InvalidOperationException">The child did not start; that is not the cover's doing.</exception>
    public async Task<Stream> DecodeAsync(ReadOnlyMemory<byte> cover, CancellationToken cancellationToken)
    {
        await AwaitStartAsync(cancellationToken).ConfigureAwait(false);
        Task<Stream> answering = AnswerAsync(cover, cancellationToken);
        try
        {
            await WatchAsync(answering, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            End();
            await ((Task)answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it may be reading the cover's bytes
            throw;
        }

        return await answering.ConfigureAwait(false);
    }

    /// <summary>The exit code of a child that gave no whole answer.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private async Task AwaitStartAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(StartPatience, _clock);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        byte[] sign = new byte[1];
        if (await _process.StandardOutput.BaseStream.ReadAsync(sign, waiting.Token).ConfigureAwait(false) == 0)
        {
            string told = await _errors.ConfigureAwait(false);
            throw new InvalidOperationException($"the process for a suspect cover did not start: {told.Trim().ReplaceLineEndings(" ")}");
        }
    }

    private async Task<Stream> AnswerAsync(ReadOnlyMemory<byte> cover, CancellationToken cancellationToken)
    {
        Stream input = _process.StandardInput.BaseStream;
        try
        {
            await using (input.ConfigureAwait(false))
            {
                await input.WriteAsync(cover, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // It died meanwhile: the answer will not be whole.
        }

        var answer = new MemoryStream();
        await _process.StandardOutput.BaseStream.CopyToAsync(answer, cancellationToken).ConfigureAwait(false);
        answer.Position = 0;
        return answer;
    }

    private async Task WatchAsync(Task answering, CancellationToken cancellationToken)
    {
        long started = _clock.GetTimestamp();
        while (await Task.WhenAny(answering, Task.Delay(WatchInterval, _clock, cancellationToken)).ConfigureAwait(false) != answering)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _process.Refresh();
            if (_clock.GetElapsedTime(started) > _limits.Time)
            {
                throw new CoverException(
                    FailureReason.Timeout, $"Decoding the cover took longer than {_limits.Time.TotalSeconds:0.#} s, in a separate process.");
            }

            if (WorkingSet() > _limits.Memory)
            {
                throw new CoverException(
                    FailureReason.Crashed, $"Decoding the cover took more than {_limits.Memory >> 20} MiB, in a separate process.");
            }
        }
    }

    private long WorkingSet()
    {
        try
        {
            return _process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // it has ended, which its answer tells
        }
    }

    private void End()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }
}
