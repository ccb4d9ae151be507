using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Commands;

/// <summary>The files that lie beside the published program.</summary>
public sealed class PublishedFilesTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("LICENSE")]
    [InlineData("THIRD-PARTY-NOTICES.md")]
    [InlineData("etl.json")]
    [InlineData("etl.1")]
    [InlineData("config/etl.schema.json")]
    public void Program_Published_HasTheFileBesideIt(string file) =>
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(EtlProcess.Program)!, file)), file);
}
