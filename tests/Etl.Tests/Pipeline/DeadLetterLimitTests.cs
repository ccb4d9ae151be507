using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class DeadLetterLimitTests
{
    [Theory]
    [InlineData(null, 1_000_000, 1_000_000, false)]
    [InlineData("", 1_000_000, 1_000_000, false)]
    [InlineData("3", 2, 1_000, false)]
    [InlineData("3", 3, 3, true)]
    [InlineData("3", 4, 1_000, true)]
    [InlineData("5%", 199, 199, false)] // a share means nothing before 200 are read
    [InlineData("5%", 9, 200, false)]
    [InlineData("5%", 10, 200, true)]
    [InlineData("5 %", 10, 200, true)]
    [InlineData("0.5%", 49, 10_000, false)]
    [InlineData("0.5%", 50, 10_000, true)]
    [InlineData("100%", 200, 200, true)]
    public void ThrowIfReached_DeadLettersOfMoviesRead_EndsTheRunFromTheLimitOn(
        string? limit, long deadLetters, long read, bool reached)
    {
        var totals = new BatchResult { Written = read - deadLetters, DeadLetters = deadLetters };

        Exception? thrown = Record.Exception(() => DeadLetterLimit.Parse(limit).ThrowIfReached(totals, read));

        Assert.Equal(reached, thrown is DeadLetterLimitException);
    }

    [Fact]
    public void ThrowIfReached_Reached_SaysHowManyAndWhatToDo()
    {
        var totals = new BatchResult { Written = 1, DeadLetters = 3 };

        var error = Assert.Throws<DeadLetterLimitException>(() => DeadLetterLimit.Parse("3").ThrowIfReached(totals, read: 4));

        Assert.Equal(
            "Too many dead letters: 3 of 4 movies failed, which reaches Etl:MaxDeadLetters. "
            + "Run 'etl dead-letters' to list them.",
            error.Message);
    }

    [Fact]
    public async Task RunAsync_LimitIsReached_EndsAfterTheBatchThatReachedIt()
    {
        var source = new CountingSource(items: 10_000);
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(source, sink)
        {
            Decode = Scripts.FailFor(_ => true, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
        };
        builder.Options.MaxDeadLetters = "25";
        EtlPipeline pipeline = builder.Build();
        EtlRun run = pipeline.CreateRun();

        await Assert.ThrowsAsync<DeadLetterLimitException>(() => pipeline.RunAsync(run, default, default).WaitAsync(TestTimeout));

        Assert.Equal(30, sink.DeadLetters.Count); // three batches of ten
        Assert.Equal(RunEnding.Faulted, run.Report().Ending);
        Totals.Balance(run.Report(), source, sink);
    }
}
