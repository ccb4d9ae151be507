using Etl.IntegrationTests.Run;
using PaletteEtl.Covers.Formats;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>The real process with libturbojpeg and without it.</summary>
public sealed class TurboJpegCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 6);

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("Auto", "decoded by libturbojpeg")]
    [InlineData("Require", "decoded by libturbojpeg")]
    [InlineData("Never", "decoded by SkiaSharp because Etl:Decode:TurboJpeg is Never")]
    public async Task Validate_LibraryIsThere_SaysWhatDecodesJpeg(string use, string text)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        EtlOutput validate = await EtlProcess.RunAsync(_catalogue.Folder, Command("validate", use));

        Assert.Equal(0, validate.ExitCode);
        Assert.Contains($"ok  JPEG           {text}\n", validate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_LibraryIsAbsent_SaysHowToGetIt()
    {
        using ProgramCopy program = WithoutTurboJpeg();

        EtlOutput validate = await program.RunAsync(_catalogue.Folder, Command("validate", "Auto"));

        Assert.Equal(0, validate.ExitCode);
        Assert.Contains("decoded by SkiaSharp; libturbojpeg takes six tenths of the time. Install", validate.Output, StringComparison.Ordinal);
        Assert.Contains("apt install libturbojpeg0", validate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LibraryIsAbsent_WritesTheSame()
    {
        using ProgramCopy program = WithoutTurboJpeg();

        EtlOutput run = await program.RunAsync(_catalogue.Folder, Command("run", "Auto"));

        Assert.Equal((3, 2), (run.ExitCode, _catalogue.Missing)); // two covers of a drawn catalogue are broken
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    public async Task Command_RequiredLibraryIsAbsent_IsRefused(string command)
    {
        using ProgramCopy program = WithoutTurboJpeg();

        EtlOutput refused = await program.RunAsync(_catalogue.Folder, Command(command, "Require"));

        Assert.Equal((2, 6), (refused.ExitCode, _catalogue.Missing));
        Assert.Contains(
            "Etl:Decode:TurboJpeg is Require, but libturbojpeg cannot be loaded. Install libturbojpeg (Debian: ",
            refused.Errors,
            StringComparison.Ordinal);
    }

    private static string[] Command(string verb, string use) =>
        [verb, .. TestCatalogue.Settings, "--set", $"Etl:Decode:TurboJpeg={use}"];

    /// <summary>A program beside which lies another library of that name, which goes before the system's.</summary>
    private static ProgramCopy WithoutTurboJpeg()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library has other names elsewhere.");
        var program = new ProgramCopy(without: "libvips");
        program.Add("libe_sqlite3.so", "libturbojpeg.so.0");
        program.Add("libe_sqlite3.so", "libturbojpeg.so");
        return program;
    }
}
