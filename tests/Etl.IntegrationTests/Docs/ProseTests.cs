namespace Etl.IntegrationTests.Docs;

/// <summary>Documents, comments and messages name the subject first, and use the field's nouns.</summary>
public sealed class ProseTests
{
    private const double FindingsPerThousandWords = 0.5;

    [Fact]
    public void Findings_OfAllTexts_AreRare()
    {
        Prose[] texts = [.. Prose.All];
        string[] findings = [.. texts.SelectMany(static text => text.Findings)];
        int words = texts.Sum(static text => text.Words);
        string list = $"{findings.Length} findings in {words:N0} words:\n{string.Join('\n', findings)}";
        TestContext.Current.TestOutputHelper!.WriteLine(list);

        Assert.True(words > 50_000, $"Only {words} words were found.");
        Assert.True(findings.Length <= words / 1_000.0 * FindingsPerThousandWords, list);
    }

    [Theory]
    [InlineData("What a stage has done.")]
    [InlineData("A sentence. Of the covers some are read.")]
    [InlineData("The run ends, as the disk is full.")]
    [InlineData("It waits, for no location is available.")]
    [InlineData("The totals speak of them.")]
    [InlineData("A request is let in.")]
    [InlineData("Lets go of the connection.")]
    public void Findings_OfAStiltedSentence_AreOne(string text) => Assert.Single(new Prose("here", text).Findings);

    [Theory]
    [InlineData("What limits the run?")]
    [InlineData("The covers, as in a run, are files.")]
    [InlineData("The stage that is done.")]
    public void Findings_OfAPlainSentence_AreNone(string text) => Assert.Empty(new Prose("here", text).Findings);
}
