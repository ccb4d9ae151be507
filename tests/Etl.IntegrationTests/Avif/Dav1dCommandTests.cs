using Etl.IntegrationTests.Run;
using PaletteEtl.Covers.Formats;

namespace Etl.IntegrationTests.Avif;

/// <summary>The real process with libdav1d and without it.</summary>
public sealed class Dav1dCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 6);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("Require", "decoded by libdav1d")]
    [InlineData("Never", "decoded by libvips because Etl:Decode:Dav1d is Never")]
    public async Task Validate_LibraryIsThere_SaysWhatDecodesAvif(string use, string text)
    {
        Assert.SkipUnless(LibDav1d.IsPresent, Avifs.NoLibrary);

        EtlOutput validate = await EtlProcess.RunAsync(_catalogue.Folder, Command("validate", use));

        Assert.Equal(0, validate.ExitCode);
        Assert.Contains($"ok  AVIF           {text}", validate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_LibraryIsAbsent_SaysHowToGetIt()
    {
        using ProgramCopy program = WithoutDav1d();

        EtlOutput validate = await program.RunAsync(_catalogue.Folder, Command("validate", "Auto"));

        Assert.Equal(0, validate.ExitCode);
        Assert.Contains("ok  AVIF           decoded by libvips; libdav1d takes a third of the time. Install libdav1d", validate.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    public async Task Command_RequiredLibraryIsAbsent_IsRefused(string command)
    {
        using ProgramCopy program = WithoutDav1d();

        EtlOutput refused = await program.RunAsync(_catalogue.Folder, Command(command, "Require"));

        Assert.Equal((2, 6), (refused.ExitCode, _catalogue.Missing));
        Assert.Contains(
            "Etl:Decode:Dav1d is Require, but libdav1d cannot be loaded. Install libdav1d (Debian", refused.Errors, StringComparison.Ordinal);
    }

    private static string[] Command(string verb, string use) => [verb, .. TestCatalogue.Settings, "--set", $"Etl:Decode:Dav1d={use}"];

    /// <summary>A program beside which lies another library of that name, which goes before the system's.</summary>
    private static ProgramCopy WithoutDav1d()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library has other names elsewhere.");
        var program = new ProgramCopy(without: "xunit");
        program.Add("libe_sqlite3.so", "libdav1d.so.7");
        program.Add("libe_sqlite3.so", "libdav1d.so.6");
        return program;
    }
}
