namespace Etl.IntegrationTests.Run;

/// <summary>The rules of dead letters, from run to run, for a palette that the database refuses.</summary>
public sealed class RejectedPaletteTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 6);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_PaletteIsRefused_IsSkippedUntilARetryIsAskedFor()
    {
        _catalogue.Execute($"""
            CREATE TRIGGER refuse BEFORE UPDATE ON movies WHEN new.id = '{_catalogue.GoodMovie}'
            BEGIN SELECT RAISE(ROLLBACK, 'not this one'); END;
            """);

        EtlOutput refused = await RunAsync();
        EtlOutput skipped = await RunAsync();
        _catalogue.Execute("DROP TRIGGER refuse");
        EtlOutput stillSkipped = await RunAsync();
        EtlOutput retried = await EtlCommand.RunAsync(["dead-letters", "--retry", "--reason", "rejected", .. _catalogue.WholeSettings]);
        EtlOutput written = await RunAsync();

        Assert.Contains("dead letters 3 ", refused.Output, StringComparison.Ordinal);
        Assert.Contains("1 rejected", refused.Errors, StringComparison.Ordinal);
        Assert.All([skipped, stillSkipped], run => Assert.Contains("written 0 + dead letters 0 + superseded 0 + skipped 3 ", run.Output, StringComparison.Ordinal));
        Assert.Contains("retries 1 dead letter", retried.Output, StringComparison.Ordinal);
        Assert.Contains("written 1 + dead letters 0 + superseded 0 + skipped 2 ", written.Output, StringComparison.Ordinal);
        Assert.Equal((2, 2), (_catalogue.Missing, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters")));
    }

    private Task<EtlOutput> RunAsync() => EtlCommand.RunAsync(["run", .. _catalogue.WholeSettings]);
}
