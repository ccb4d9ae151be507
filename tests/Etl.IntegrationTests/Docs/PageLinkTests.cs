using System.Text.RegularExpressions;
using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Docs;

/// <summary>Links of the documents, and mentions of documents in code and configuration, lead to a file and to a heading.</summary>
public sealed partial class PageLinkTests
{
    private static readonly string[] Folders = ["src", "tests", "config", "examples", ".ci", ".github"];

    private static readonly string[] Extensions = [".cs", ".csproj", ".props", ".json", ".yaml", ".yml", ".service", ".md", ""];

    public static TheoryData<string> All => [.. Document.All.Select(static document => document.Path)];

    [Theory]
    [MemberData(nameof(All))]
    public void Links_OfADocument_LeadToAFileAndAHeading(string path)
    {
        string folder = Path.GetDirectoryName(path)!;

        Assert.Empty(
            Document.Load(path).Links
                .Where(static link => !link.Target.Contains("://", StringComparison.Ordinal))
                .Where(link => !Exists(link.Target.StartsWith('#') ? path + link.Target : Path.Combine(folder, link.Target)))
                .Select(link => $"{path}:{link.Line}: {link.Target}"));
    }

    [Fact]
    public void Mentions_OfPages_InCodeAndConfiguration_LeadToAFileAndAHeading()
    {
        (string File, string Target)[] mentions = [.. SourceFiles().SelectMany(static file => MentionsIn(file))];

        Assert.NotEmpty(mentions);
        Assert.Empty(mentions.Where(static mention => !Exists(mention.Target)).Select(static mention => $"{mention.File}: {mention.Target}"));
    }

    [Fact]
    public void Pictures_OfTheFolder_AreEachOnAPage()
    {
        HashSet<string> shown = [.. Document.Pages.SelectMany(static page => page.Links).Select(static link => Path.GetFileName(link.Target))];

        string[] unused =
        [
            .. Directory.EnumerateFiles(Repository.PathOf("docs")).Select(static file => Path.GetFileName(file))
                .Where(static name => Path.GetExtension(name) is ".png" or ".jpg").Where(name => !shown.Contains(name)),
        ];

        Assert.Empty(unused);
    }

    [Fact]
    public void TestClasses_OfThePages_Exist()
    {
        HashSet<string> classes = [.. SourceFiles().Select(static file => Path.GetFileNameWithoutExtension(file))];

        (string Place, string Text)[] unknown = [.. NamesIn(TestClass()).Where(name => !classes.Contains(name.Text))];

        Assert.Empty(unknown);
    }

    [Fact]
    public void Options_OfThePages_Exist()
    {
        string[] paths = [.. EtlOption.All.Select(static option => $"{option.Path}:")];

        (string Place, string Text)[] unknown =
        [
            .. NamesIn(OptionPath()).Where(name => !paths.Any(path =>
                path.StartsWith($"{name.Text}:", StringComparison.Ordinal) || name.Text.StartsWith(path, StringComparison.Ordinal))),
        ];

        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("docs/architecture.md#layers", true)]
    [InlineData("docs/architecture.md#no-such-heading", false)]
    [InlineData("docs/no-such-page.md", false)]
    [InlineData("docs", true)]
    public void Exists_Target_IsAFileOrFolderWithTheHeading(string target, bool expected) => Assert.Equal(expected, Exists(target));

    private static bool Exists(string target)
    {
        string[] parts = target.Split('#');
        string path = Repository.PathOf(parts[0]);
        return Path.Exists(path) && (parts.Length == 1 || (path.EndsWith(".md", StringComparison.Ordinal) && Document.Load(path).Anchors.Contains(parts[1])));
    }

    private static IEnumerable<(string File, string Target)> MentionsIn(string file) =>
        Mention().Matches(File.ReadAllText(file)).Select(match => (file, match.Value));

    private static IEnumerable<(string Place, string Text)> NamesIn(Regex pattern) => Document.Pages.SelectMany(page =>
        page.Prose.SelectMany(line => pattern.Matches(line.Text).Select(match => ($"{page.Path}:{line.Number}", match.Value))));

    private static IEnumerable<string> SourceFiles() =>
        Folders.SelectMany(static folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(static file => Extensions.Contains(Path.GetExtension(file)))
            .Where(static file => !Path.GetRelativePath(Repository.PathOf(""), file).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj" or "Docs"));

    [GeneratedRegex(@"(?<=`(?:\*\.)?)\w+Tests\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\bEtl(?::[A-Z]\w+)+")]
    private static partial Regex OptionPath();

    [GeneratedRegex(@"(?<![\w/.-])docs/[\w./-]+\.(?:md|png|1)(?:#[\w-]+)?")]
    private static partial Regex Mention();
}
