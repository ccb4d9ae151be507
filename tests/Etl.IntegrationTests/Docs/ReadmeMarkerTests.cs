namespace Etl.IntegrationTests.Docs;

/// <summary>The markers by which <c>.ci/run</c> finds the commands of the README.</summary>
public sealed class ReadmeMarkerTests
{
    [Theory]
    [InlineData("first", "dotnet run ")]
    [InlineData("tests", "dotnet test")]
    public void Readme_Marker_IsBeforeTheBlockOfItsCommand(string marker, string command)
    {
        string[] block =
        [
            .. File.ReadLines(Repository.PathOf("README.md")).SkipWhile(line => line != $"<!-- {marker} -->").Skip(1).Take(2),
        ];

        Assert.Equal("```sh", block[0]);
        Assert.StartsWith(command, block[1], StringComparison.Ordinal);
    }
}
