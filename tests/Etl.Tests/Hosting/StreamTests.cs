using System.Threading.Tasks.Dataflow;
using PaletteEtl.Hosting;

namespace Etl.Tests.Hosting;

/// <summary>Palettes of a stream of items.</summary>
public sealed class StreamTests
{
    private static readonly byte[] Picture = Pictures.Stripes();

    private readonly PaletteExtractor _extractor = new(new EtlOptions
    {
        Fetch = { DegreeOfParallelism = 2, BoundedCapacity = 4 },
        Decode = { DegreeOfParallelism = 2 },
    });

    private int _read;

    [Fact]
    public async Task ExtractAsync_SomeItemsFail_GivesOneOutcomeForEach()
    {
        CoverPalette<int>[] outcomes = await ListAsync(_extractor.ExtractAsync(Items(20), (item, _) => item switch
        {
            3 => throw new FileNotFoundException("There is no cover 3."),
            4 => throw new OperationCanceledException("The server did not answer."),
            5 => new(new MemoryStream([1, 2, 3])),
            _ => new(new MemoryStream(Picture)),
        }));

        Assert.Equal(Enumerable.Range(0, 20), outcomes.Select(outcome => outcome.Item).Order());
        Assert.Equal(
            ["3 fetch Internal", "4 fetch Timeout", "5 decode UnsupportedFormat"],
            outcomes.OrderBy(outcome => outcome.Item)
                .Select(outcome => outcome.HasPalette ? "" : $"{outcome.Item} {outcome.Failure.Stage} {outcome.Failure.Reason}")
                .Where(text => text.Length > 0));
        Assert.Single(outcomes.Where(outcome => outcome.Failure is null).Select(outcome => outcome.Extracted!.Palette).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExtractAsync_FirstItemIsSlow_HoldsBackTheOthersOnlyInOrder(bool ordered)
    {
        var gate = new Gate();
        await using IAsyncEnumerator<CoverPalette<int>> outcomes = _extractor
            .ExtractAsync(Items(3), (item, token) => OpenAsync(item == 0 ? gate : null, token), ordered).GetAsyncEnumerator();

        Task<bool> next = outcomes.MoveNextAsync().AsTask();
        if (ordered)
        {
            await Eventually.StaysAt((3, false), () => (_read, next.IsCompleted));
            gate.Open();
        }

        Assert.True(await next.WaitAsync(TestTimeout));
        Assert.Equal(ordered, outcomes.Current.Item == 0);
        gate.Open();
        while (await outcomes.MoveNextAsync())
        {
        }
    }

    [Fact]
    public async Task ExtractAsync_ConsumerStandsStill_ReadsNoFurtherThanTheCapacity()
    {
        await using IAsyncEnumerator<CoverPalette<int>> outcomes = _extractor
            .ExtractAsync(Items(1_000), static (_, _) => new(new MemoryStream(Picture))).GetAsyncEnumerator();

        Assert.True(await outcomes.MoveNextAsync());

        await Eventually.StaysAt(1 + 4 + 1, () => _read); // taken, held, and the one that waits to enter
    }

    [Fact]
    public async Task ExtractAsync_SourceFails_GivesTheOutcomesBeforeAndThrows()
    {
        var outcomes = new List<CoverPalette<int>>();

        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (CoverPalette<int> outcome in _extractor.ExtractAsync(
                Items(10, failAt: 5), static (_, _) => new(new MemoryStream(Picture))))
            {
                outcomes.Add(outcome);
            }
        });

        Assert.Equal((5, "The list ends here."), (outcomes.Count, error.Message));
    }

    [Fact]
    public async Task ExtractAsync_Cancelled_EndsWithTheOpenPictures()
    {
        using var cancel = new CancellationTokenSource();
        var gate = new Gate();
        Task<CoverPalette<int>[]> all = ListAsync(
            _extractor.ExtractAsync(Items(1_000), (_, token) => OpenAsync(gate, token), cancellationToken: cancel.Token));

        await Eventually.Holds(() => gate.Arrived == 2);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.WaitAsync(TestTimeout));
        Assert.Equal(2, gate.Arrived);
    }

    [Fact]
    public async Task ExtractAsync_ConsumerStopsEarly_EndsTheSource()
    {
        await foreach (CoverPalette<int> _ in _extractor.ExtractAsync(Items(1_000), static (_, _) => new(new MemoryStream(Picture))))
        {
            break;
        }

        Assert.InRange(_read, 1, 1 + 4 + 1);
    }

    [Fact]
    public async Task CreateBlock_InAGraph_PassesCompletionAndOutcomes()
    {
        IPropagatorBlock<string, CoverPalette<string>> block =
            _extractor.CreateBlock<string>(static (_, _) => new(new MemoryStream(Picture)), ordered: true);
        var taken = new List<string>();
        var sink = new ActionBlock<CoverPalette<string>>(outcome => taken.Add($"{outcome.Item} {outcome.Failure is null}"));
        block.LinkTo(sink, new DataflowLinkOptions { PropagateCompletion = true });

        Assert.True(await block.SendAsync("a"));
        Assert.True(await block.SendAsync("b"));
        block.Complete();
        await sink.Completion.WaitAsync(TestTimeout);

        Assert.Equal(["a True", "b True"], taken);
    }

    private async IAsyncEnumerable<int> Items(int count, int failAt = -1)
    {
        for (int item = 0; item < count; item++)
        {
            await Task.Yield();
            _ = item == failAt ? throw new IOException("The list ends here.") : ++_read;
            yield return item;
        }
    }

    private static async ValueTask<Stream> OpenAsync(Gate? gate, CancellationToken cancellationToken)
    {
        await (gate?.PassAsync(cancellationToken) ?? Task.CompletedTask);
        return new MemoryStream(Picture);
    }

    private static async Task<CoverPalette<int>[]> ListAsync(IAsyncEnumerable<CoverPalette<int>> outcomes) => await outcomes.ToArrayAsync();
}
