namespace Etl.IntegrationTests.Run;

public sealed class DemoCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etl-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Demo_TwoBrokenCovers_EndsWithZeroAndStartsOverTheSecondTime()
    {
        EtlOutput first = await EtlProcess.RunAsync(_folder, "demo", "--movies", "20");
        EtlOutput second = await EtlProcess.RunAsync(_folder, "demo", "--movies", "20");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.All([first, second], demo => Assert.Contains("read 20 = written 18 + dead letters 2", demo.Output, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_folder, "demo", "movies.db")));
    }

    [Fact]
    public async Task Demo_FolderThatASettingMustNotBeMadeOf_IsTakenAsItIs()
    {
        EtlOutput demo = await EtlProcess.RunAsync(_folder, "demo", "--movies", "5", "--directory", "a;b=c d");

        Assert.Equal(0, demo.ExitCode);
        Assert.Contains("read 5 = written 3 + dead letters 2", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_FolderWithABrace_IsRefusedBeforeAnythingIsDrawn()
    {
        EtlOutput demo = await EtlProcess.RunAsync(_folder, "demo", "--directory", "q{id}");

        Assert.Equal(2, demo.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Demo_NoMovies_IsRefused()
    {
        EtlOutput demo = await EtlProcess.RunAsync(_folder, "demo", "--movies", "0");

        Assert.Equal(2, demo.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }
}
