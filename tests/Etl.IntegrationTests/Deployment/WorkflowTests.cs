using System.Text.RegularExpressions;
using System.Xml.Linq;
using Etl.Cluster;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Etl.IntegrationTests.Deployment;

/// <summary>The workflows of .github, parsed strictly, and the version that they release.</summary>
public sealed partial class WorkflowTests
{
    private static readonly IDeserializer Strict =
        new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).WithDuplicateKeyChecking().Build();

    [Theory]
    [InlineData("ci", "test", "gate")]
    [InlineData("release", "program", "packages", "release")]
    public void Jobs_OfTheWorkflow_MayReadAloneUnlessTheySayMore(string name, params string[] jobs)
    {
        WorkflowFile workflow = Load(name);

        Assert.Equal(jobs, workflow.Jobs.Keys);
        Assert.Equal(new Dictionary<string, string> { ["contents"] = "read" }, workflow.Permissions);
        Assert.All(workflow.Jobs.Values.SelectMany(static job => job.Needs), job => Assert.Contains(job, jobs));
        Assert.All(
            workflow.Jobs.Where(static job => job.Value.Permissions.Count > 0), static job => Assert.Equal("release", job.Key));
    }

    [Theory]
    [InlineData("ci")]
    [InlineData("release")]
    public void Steps_OfTheWorkflow_NamePathsThatExistAndVersionsOfActions(string name)
    {
        WorkflowStep[] steps = [.. Load(name).Jobs.Values.SelectMany(static job => job.Steps)];
        string[] paths =
        [
            .. steps.SelectMany(static step => Paths().Matches(step.Run ?? "")).Select(static match => match.Value),
            .. steps.SelectMany(static step => step.With.Where(static input => input.Key == "global-json-file").Select(static input => input.Value)),
        ];

        Assert.All(steps, static step => Assert.True(step.Uses is null != step.Run is null));
        Assert.All(steps.Where(static step => step.Uses is not null), static step => Assert.Matches(@"^actions/[a-z-]+@v\d+$", step.Uses));
        Assert.NotEmpty(paths);
        Assert.All(paths, static path => Assert.True(Path.Exists(Repository.PathOf(path)), path));
    }

    /// <summary>An expression in a script would be run as a part of it.</summary>
    [Theory]
    [InlineData("ci")]
    [InlineData("release")]
    public void Scripts_OfTheWorkflow_HaveNoExpressions(string name) => Assert.All(
        Load(name).Jobs.Values.SelectMany(static job => job.Steps), static step => Assert.DoesNotContain("${{", step.Run ?? "", StringComparison.Ordinal));

    [Fact]
    public void Program_OfTheRelease_IsPublishedForEachPlatformOfLibvips()
    {
        IEnumerable<string> platforms = XDocument.Load(Repository.PathOf("src/Etl.Avif/NativeLibraries.props"))
            .Descendants("PackageReference").Select(static package => package.Attribute("Include")!.Value["NetVips.Native.".Length..]);

        Assert.Equal(platforms.Order(), Load("release").Jobs["program"].Strategy!.Matrix["rid"].Order());
    }

    [Fact]
    public void Version_OfTheProgram_HasADatedSectionOfTheChangeLog()
    {
        string[] headings = [.. File.ReadLines(Repository.PathOf("CHANGELOG.md")).Where(static line => line.StartsWith("## ", StringComparison.Ordinal))];

        Assert.Equal("## Unreleased", headings[0]);
        Assert.Matches($@"^## {Regex.Escape(ProgramVersion.Number)} \(\d{{4}}-\d{{2}}-\d{{2}}\)$", headings[1]);
    }

    [Fact]
    public void Parser_UnknownField_IsRefused() => Assert.ThrowsAny<Exception>(
        static () => Strict.Deserialize<WorkflowFile>(Text("ci").Replace("runs-on:", "run-on:", StringComparison.Ordinal)));

    private static WorkflowFile Load(string name) => Strict.Deserialize<WorkflowFile>(Text(name));

    private static string Text(string name) => File.ReadAllText(Repository.PathOf($".github/workflows/{name}.yml"));

    [GeneratedRegex(@"(?<![\w./-])(src|tests|config|docs|\.ci)/[\w./-]*[\w]|CHANGELOG\.md")]
    private static partial Regex Paths();
}
