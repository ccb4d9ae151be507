using System.Diagnostics;
using PaletteEtl.Covers.Files;
using PaletteEtl.Model;

namespace Etl.Tests.Support;

/// <summary>A file that another program rewrites in place, one half after the other, alternately with two contents.</summary>
internal sealed class RewrittenFile(string path, byte[] first, byte[] second)
{
    private const int Times = 20;

    /// <summary>Longer than a file takes to settle, so that it can be read between two changes.</summary>
    private static readonly TimeSpan Pause = 2 * CoverFileReader.ClockTick;

    /// <summary>Less than a tick of most kernels, so that the two halves often have one time.</summary>
    private static readonly TimeSpan HalfWritten = TimeSpan.FromMilliseconds(2);

    private readonly bool[] _isSlow = new bool[Times];
    private int _current = -1;

    /// <summary>Reads the file again and again while it is rewritten, until two readings differ. Returns what each reading gave,
    /// without those that found the file changing all the time, and those during a rewriting that the system interrupted: a file
    /// that stays half-written for long cannot be distinguished from a complete one.</summary>
    public async Task<HashSet<T>> ReadMeanwhileAsync<T>(Func<Task<T>> read)
    {
        await File.WriteAllBytesAsync(path, first);
        var results = new HashSet<T>();
        long started = Stopwatch.GetTimestamp();
        while (results.Count < 2 && Stopwatch.GetElapsedTime(started) < TestTimeout)
        {
            results.UnionWith(await ReadDuringRewritingsAsync(read));
        }

        return results;
    }

    private async Task<IEnumerable<T>> ReadDuringRewritingsAsync<T>(Func<Task<T>> read)
    {
        _current = -1; // a reading may begin before the first rewriting of this round
        Array.Clear(_isSlow);
        Task writing = Task.Run(WriteAsync);
        var results = new List<(T Result, int First, int Last)>();
        while (!writing.IsCompleted)
        {
            try
            {
                int begun = Volatile.Read(ref _current);
                results.Add((await read(), begun - 1, Volatile.Read(ref _current)));
            }
            catch (CoverException keepsChanging) when (keepsChanging.Reason == FailureReason.Timeout)
            {
            }

            await Task.Yield();
        }

        await writing;
        return results.Where(result => !WasSlow(result.First, result.Last)).Select(result => result.Result);
    }

    private bool WasSlow(int first, int last) => _isSlow.AsSpan(Math.Max(0, first)..(last + 1)).Contains(true);

    private async Task WriteAsync()
    {
        for (int i = 0; i < Times; i++)
        {
            Volatile.Write(ref _current, i);
            long started = Stopwatch.GetTimestamp();
            Rewrite(i % 2 == 0 ? second : first);
            _isSlow[i] = Stopwatch.GetElapsedTime(started) >= CoverFileReader.ClockTick / 2;
            await Task.Delay(Pause);
        }
    }

    private void Rewrite(byte[] content)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(content.AsSpan(0, content.Length / 2));
        long half = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(half) >= HalfWritten);
        file.Write(content.AsSpan(content.Length / 2));
    }
}
