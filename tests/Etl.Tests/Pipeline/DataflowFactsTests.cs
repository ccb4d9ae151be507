using System.Threading.Tasks.Dataflow;

namespace Etl.Tests.Pipeline;

/// <summary>Pins the behaviour of TPL Dataflow that the graph relies on or guards against.</summary>
public sealed class DataflowFactsTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };

    [Fact]
    public async Task TransformBlock_DelegateThrowsOperationCanceled_DropsTheItemAndSucceeds()
    {
        var block = new TransformBlock<int, int>(
            async item => item == 2 ? throw new OperationCanceledException() : await Task.FromResult(item));
        var received = new List<int>();
        var last = new ActionBlock<int>(received.Add);
        block.LinkTo(last, Propagate);

        foreach (int item in (int[])[1, 2, 3])
        {
            await block.SendAsync(item);
        }

        block.Complete();
        await last.Completion.WaitAsync(TestTimeout);

        Assert.Equal([1, 3], received);
        Assert.True(block.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task LinkedBlock_TargetFaults_TheSenderUpstreamWaits()
    {
        var first = new BufferBlock<int>(new DataflowBlockOptions { BoundedCapacity = 1 });
        var last = new ActionBlock<int>(_ => throw new IOException(), new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
        first.LinkTo(last, Propagate);

        await first.SendAsync(1);
        await Assert.ThrowsAsync<IOException>(() => last.Completion.WaitAsync(TestTimeout));
        await first.SendAsync(2).WaitAsync(TestTimeout);
        Task<bool> waiting = first.SendAsync(3);

        Assert.False(first.Completion.IsCompleted);
        Assert.False(waiting.IsCompleted);
        ((IDataflowBlock)first).Fault(new IOException());
        Assert.False(await waiting.WaitAsync(TestTimeout));
    }

    [Fact]
    public async Task LinkedBlock_SourceIsCancelled_CompletesAsASuccess()
    {
        using var cancel = new CancellationTokenSource();
        var first = new BufferBlock<int>(new DataflowBlockOptions { CancellationToken = cancel.Token });
        var last = new ActionBlock<int>(_ => { });
        first.LinkTo(last, Propagate);

        await cancel.CancelAsync();
        await last.Completion.WaitAsync(TestTimeout);

        Assert.True(last.Completion.IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Completion.WaitAsync(TestTimeout));
    }

    /// <summary>Whether a block has taken notice that its input ended cannot be seen from outside, and one that has not
    /// does end; so it is tried until one does not.</summary>
    [Fact]
    public async Task TransformBlock_CancelledAfterItsInputEnded_MayKeepWhatIsNotTakenAndNeverEnd()
    {
        bool kept = false;
        for (int attempt = 0; attempt < 50 && !kept; attempt++)
        {
            using var cancel = new CancellationTokenSource();
            var block = new TransformBlock<int, int>(
                item => item, new ExecutionDataflowBlockOptions { CancellationToken = cancel.Token });
            block.Post(1);
            block.Complete();
            await Eventually.Holds(() => block.OutputCount == 1);
            await Eventually.StaysAt(false, () => block.Completion.IsCompleted);

            await cancel.CancelAsync();

            kept = await Record.ExceptionAsync(() => block.Completion.WaitAsync(Moment)) is TimeoutException
                && block.OutputCount == 1;
        }

        Assert.True(kept);
    }

    [Fact]
    public async Task LinkedBlocks_FirstFaults_EachHopWrapsOnceMore()
    {
        var root = new IOException();
        var first = new TransformBlock<int, int>(int (_) => throw root);
        var second = new TransformBlock<int, int>(item => item);
        var third = new ActionBlock<int>(_ => { });
        first.LinkTo(second, Propagate);
        second.LinkTo(third, Propagate);

        await first.SendAsync(1);
        await Record.ExceptionAsync(() => third.Completion.WaitAsync(TestTimeout));

        Assert.Same(root, first.Completion.Exception!.InnerException);
        Assert.Same(root, Assert.IsType<AggregateException>(second.Completion.Exception!.InnerException).InnerException);
        var twice = Assert.IsType<AggregateException>(third.Completion.Exception!.InnerException);
        Assert.Same(root, Assert.IsType<AggregateException>(twice.InnerException).InnerException);
    }

    [Fact]
    public async Task WhenAll_SeveralFault_ReportsInOrderOfCompletionOnceAllAreDone()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();

        var all = Task.WhenAll(first.Task, second.Task);
        second.SetException(new IOException("early"));
        bool endedEarly = all.IsCompleted;
        first.SetException(new IOException("late"));
        await Record.ExceptionAsync(() => all.WaitAsync(TestTimeout));

        Assert.False(endedEarly);
        Assert.Equal(["early", "late"], all.Exception!.InnerExceptions.Select(error => error.Message));
    }

    [Fact]
    public async Task BoundedCapacity_OfATransform_CountsWaitingRunningAndFinishedItems()
    {
        var gate = new Gate();
        var block = new TransformBlock<int, int>(
            async item =>
            {
                if (item > 1)
                {
                    await gate.PassAsync();
                }

                return item;
            },
            new ExecutionDataflowBlockOptions { BoundedCapacity = 3 });

        await block.SendAsync(1); // finished, and not taken
        await Eventually.Holds(() => block.OutputCount == 1);
        bool running = block.Post(2);
        bool waiting = block.Post(3);
        bool oneMore = block.Post(4);

        Assert.Equal((true, true, false), (running, waiting, oneMore));
        gate.Open();
        block.Complete();
        Assert.Equal([1, 2, 3], await block.ReceiveAllAsync().ToListAsync().AsTask().WaitAsync(TestTimeout));
    }

    [Fact]
    public async Task TransformManyBlock_OneInput_ProducesFarBeyondItsCapacity()
    {
        var block = new TransformManyBlock<int, int>(
            count => Enumerable.Range(0, count), new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });

        await block.SendAsync(1_000);

        await Eventually.Holds(() => block.OutputCount == 1_000);
    }

    [Fact]
    public async Task SendAsync_TargetHasEnded_ReturnsFalse()
    {
        var block = new ActionBlock<int>(_ => { });
        block.Complete();
        await block.Completion.WaitAsync(TestTimeout);

        Assert.False(await block.SendAsync(1).WaitAsync(TestTimeout));
    }

    [Fact]
    public async Task BatchBlock_PartialBatch_IsKeptUntilTriggeredOrCompleted()
    {
        var block = new BatchBlock<int>(3, new GroupingDataflowBlockOptions { BoundedCapacity = 3 });

        block.Post(1);
        bool before = block.TryReceive(out _);
        block.TriggerBatch();
        int[] triggered = await block.ReceiveAsync().WaitAsync(TestTimeout);
        block.Post(2);
        block.Complete();
        int[] completed = await block.ReceiveAsync().WaitAsync(TestTimeout);

        Assert.False(before);
        Assert.Equal([1], triggered);
        Assert.Equal([2], completed);
    }

    [Fact]
    public void BatchBlock_CapacityBelowTheBatchSize_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new BatchBlock<int>(3, new GroupingDataflowBlockOptions { BoundedCapacity = 2 }));

    [Fact]
    public async Task BatchBlock_TriggeredWhenEmpty_MakesNoBatch()
    {
        var block = new BatchBlock<int>(3);

        block.TriggerBatch();
        block.Complete();
        await block.Completion.WaitAsync(TestTimeout);

        Assert.False(block.TryReceive(out _));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task EnsureOrdered_OneItemIsSlow_HoldsBackTheRestOrNot(bool ordered, int finished)
    {
        var gate = new Gate();
        var block = new TransformBlock<int, int>(
            async item =>
            {
                if (item == 1)
                {
                    await gate.PassAsync();
                }

                return item;
            },
            new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = 2, EnsureOrdered = ordered });

        block.Post(1);
        block.Post(2);

        await Eventually.StaysAt(finished, () => block.OutputCount);
        gate.Open();
        await Eventually.Holds(() => block.OutputCount == 2);
    }

    [Fact]
    public async Task LinkTo_TwoSourcesPropagate_TheTargetEndsAtTheFirst()
    {
        var first = new BufferBlock<int>();
        var second = new BufferBlock<int>();
        var target = new ActionBlock<int>(_ => { });
        first.LinkTo(target, Propagate);
        second.LinkTo(target, Propagate);

        first.Complete();
        await target.Completion.WaitAsync(TestTimeout);

        Assert.False(second.Completion.IsCompleted);
        Assert.False(await target.SendAsync(1).WaitAsync(TestTimeout));
    }

    [Fact]
    public async Task Encapsulate_LinkedBlocks_EndsAsOneAndHoldsNothingItself()
    {
        var first = new TransformBlock<int, int>(item => item + 1, new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
        var last = new TransformBlock<int, int>(item => item * 2, new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
        first.LinkTo(last, Propagate);
        IPropagatorBlock<int, int> both = DataflowBlock.Encapsulate(first, last);

        Assert.True(await both.SendAsync(1).WaitAsync(TestTimeout));
        await Eventually.Holds(() => last.OutputCount == 1);
        Assert.True(await both.SendAsync(2).WaitAsync(TestTimeout));
        Task<bool> third = both.SendAsync(3);
        both.Complete();

        Assert.False(await third.WaitAsync(TestTimeout));
        Assert.Same(last.Completion, both.Completion);
        Assert.Equal([4, 6], await last.ReceiveAllAsync().ToListAsync().AsTask().WaitAsync(TestTimeout));
        await both.Completion.WaitAsync(TestTimeout);
    }

    [Fact]
    public async Task Encapsulate_BlocksThatAreNotLinked_AreNotLinkedByIt()
    {
        var target = new BufferBlock<int>();
        var source = new BufferBlock<int>();
        IPropagatorBlock<int, int> both = DataflowBlock.Encapsulate(target, source);

        both.Fault(new IOException());
        await Assert.ThrowsAsync<IOException>(() => target.Completion.WaitAsync(TestTimeout));

        await Eventually.StaysAt(false, () => both.Completion.IsCompleted);
        source.Complete();
        await both.Completion.WaitAsync(TestTimeout);
    }
}
