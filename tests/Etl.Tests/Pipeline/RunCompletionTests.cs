using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class RunCompletionTests : IDisposable
{
    private readonly RunAbort _abort = new(CancellationToken.None);

    public void Dispose() => _abort.Dispose();

    [Fact]
    public async Task WaitAsync_ABlockFaultedByItself_EndsTheReadingAndThrowsTheRoot()
    {
        var root = new IOException("root");
        var last = Task.FromException(new AggregateException(new AggregateException(root)));
        var reading = new TaskCompletionSource();
        using CancellationTokenRegistration ending = _abort.Token.Register(reading.SetResult);

        Exception? thrown = await Record.ExceptionAsync(
            () => RunCompletion.WaitAsync(reading.Task, last, _abort).WaitAsync(TestTimeout));

        Assert.Same(root, thrown);
    }

    [Fact]
    public async Task WaitAsync_SeveralFaults_ThrowsTheFirst()
    {
        var first = new IOException("first");
        _abort.Fault(first);
        _abort.Fault(new IOException("second"));

        Exception? thrown = await Record.ExceptionAsync(
            () => RunCompletion.WaitAsync(Task.CompletedTask, Task.CompletedTask, _abort).WaitAsync(TestTimeout));

        Assert.Same(first, thrown);
        Assert.True(_abort.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitAsync_StillReading_WaitsForIt()
    {
        var reading = new TaskCompletionSource();

        Task waiting = RunCompletion.WaitAsync(reading.Task, Task.CompletedTask, _abort);
        bool early = waiting.IsCompleted;
        reading.SetResult();
        await waiting.WaitAsync(TestTimeout);

        Assert.False(early);
    }

    [Fact]
    public async Task WaitAsync_AbortedOnRequest_IsNoFault()
    {
        using var abort = new RunAbort(new CancellationToken(canceled: true));

        await RunCompletion.WaitAsync(Task.CompletedTask, Task.CompletedTask, abort).WaitAsync(TestTimeout);

        Assert.True(abort.Token.IsCancellationRequested);
    }
}
