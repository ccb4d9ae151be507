using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Service;

namespace Etl.LongTests.Service;

/// <summary>A shortened day of a service: movies come at random, some before their covers, another program locks the database
/// now and then, and the process is killed now and then. <c>ETL_SOAK</c> sets the number of minutes.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    /// <summary>Age of the last process at the first measurement of its memory, which a soak of more than ten minutes has time for.</summary>
    private static readonly TimeSpan MemorySettled = TimeSpan.FromMinutes(5);

    private static TimeSpan Duration => TimeSpan.FromMinutes(Variable.Minutes("ETL_SOAK", 1));

    [Fact]
    public async Task Serve_MoviesLocksAndKillsAtRandom_LeavesNothingButTrueDeadLetters()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are killed with kill(2).");
        using var catalogue = new SoakCatalogue();
        using var over = new CancellationTokenSource();
        long started = Stopwatch.GetTimestamp();
        Task writing = catalogue.WriteAsync(over.Token);
        Task locking = catalogue.LockAsync(over.Token);

        // Lives of 1/15, 1/15, 1/15 and 5/15 of the time, and the rest for the last one.
        int kills = 0;
        foreach (double share in new[] { 1, 1, 1, 5 })
        {
            await using ServiceProcess service = await StartAsync(catalogue);
            await Task.Delay(Duration * (share / 15), TestContext.Current.CancellationToken);
            service.Kill();
            kills++;
        }

        await using ServiceProcess last = await StartAsync(catalogue);
        long begun = Stopwatch.GetTimestamp();
        TimeSpan left = Duration - Stopwatch.GetElapsedTime(started);
        long? settled = null;
        if (left > 2 * MemorySettled)
        {
            await Task.Delay(MemorySettled, TestContext.Current.CancellationToken);
            settled = await last.MemoryAsync();
        }

        await Task.Delay(left - Stopwatch.GetElapsedTime(begun), TestContext.Current.CancellationToken);
        long atEnd = await last.MemoryAsync();
        await over.CancelAsync();
        await Task.WhenAll(writing, locking);
        await EventuallyAsync(() => catalogue.Left().Count == 0, () => string.Join("; ", catalogue.Left().Take(5)));

        Assert.Equal(0, (await last.StopAsync()).ExitCode);
        Assert.Equal("ok", catalogue.Integrity());
        Assert.Empty(catalogue.Wrong());
        Assert.Equal(catalogue.Broken, catalogue.TrueDeadLetters);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} min: {catalogue.Movies} movies, {catalogue.Late} before their covers, "
            + $"{catalogue.Broken} broken; {catalogue.Locks} locks, {kills} kills; nothing missing but the broken ones, nothing wrong; "
            + $"memory {Megabytes(settled)} after 5 min, {Megabytes(atEnd)} at the end"));
        if (settled is { } bytes)
        {
            Assert.InRange((double)atEnd / bytes, 0, 1.1);
        }
    }

    private static async Task EventuallyAsync(Func<bool> condition, Func<string> state)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < 2 * TestTimeout, state());
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static Task<ServiceProcess> StartAsync(SoakCatalogue catalogue) => ServiceProcess.StartAsync(
        catalogue.Folder,
        "--set", "Etl:Service:RetryDelay=00:00:00.500", "--set", "Etl:Service:MaxRetryDelay=00:00:05");

    private static string Megabytes(long? bytes) =>
        bytes is null ? "not measured" : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");
}
