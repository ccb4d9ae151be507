using Microsoft.CodeAnalysis;

namespace Etl.IntegrationTests.Docs;

/// <summary>The C# of the documents, compiled against the library as a reader's program is.</summary>
public sealed class SnippetTests
{
    [Theory]
    [InlineData("docs/library.md")]
    [InlineData("src/Etl/README.md")]
    public void Compile_SnippetsOfAPage_HasNoProblems(string page)
    {
        string[] lines = File.ReadAllLines(Repository.PathOf(page));

        IReadOnlyList<Snippet> snippets = Snippet.Of(page, lines);

        Assert.Equal(lines.Count(static line => line.StartsWith("```csharp", StringComparison.Ordinal)), snippets.Count);
        Assert.NotEmpty(snippets);
        Assert.Empty(snippets.SelectMany(SnippetCompiler.Compile));
    }

    [Fact]
    public void Compile_UnknownName_TellsFileAndLine()
    {
        string[] lines = ["Text.", "", "```csharp", "using System.Text;", "var text = new StringBuilder();", "text.Apend(1);", "```"];

        Diagnostic problem = Assert.Single(Snippet.Of("page.md", lines).SelectMany(SnippetCompiler.Compile));

        Assert.StartsWith("page.md(6,6): error CS1061: 'StringBuilder' does not contain a definition for 'Apend'", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_SecondSnippet_HasTheUsingsOfTheFirstAndItsOwnNames()
    {
        string[] lines =
        [
            "```csharp", "using System.Text;", "", "Console.WriteLine(1);", "```",
            "<!-- given StringBuilder text -->", "```csharp", "text.Append(1);", "```",
        ];

        Assert.Empty(Snippet.Of("page.md", lines).SelectMany(SnippetCompiler.Compile));
    }
}
