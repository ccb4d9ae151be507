using System.Text.RegularExpressions;

namespace Etl.IntegrationTests.Docs;

/// <summary>The documents stay short: words by hand in README, CONTRIBUTING and docs, without code and generated parts.</summary>
public sealed partial class WordTests
{
    private const int Limit = 11_000;

    [Fact]
    public void Words_OfAllPages_AreWithinTheLimit()
    {
        (int Words, string Path)[] pages = [.. Document.Pages.Select(static page => (WordsOf(page), page.Path)).OrderDescending()];
        string list = string.Join('\n', pages.Select(static page => $"{page.Words,6:N0} {page.Path}"));
        int words = pages.Sum(static page => page.Words);
        TestContext.Current.TestOutputHelper!.WriteLine($"{list}\n{words,6:N0} of {Limit:N0}");

        Assert.True(words <= Limit, $"The documents have {words:N0} words, more than {Limit:N0}. Shorten or merge pages:\n{list}");
    }

    [Fact]
    public void Words_OfALine_AreThoseWithLettersOrDigits() =>
        Assert.Equal(4, WordsOf("| **two** words | — | [a link](page.md#anchor-of-it) |"));

    private static int WordsOf(Document page) => page.Prose.Sum(static line => WordsOf(line.Text));

    private static int WordsOf(string line) =>
        Target().Replace(line, "]").Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(static word => word.Any(char.IsLetterOrDigit));

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Target();
}
