using System.Diagnostics;
using System.Runtime.InteropServices;
using PaletteEtl.Covers.Formats;

namespace Etl.IntegrationTests.Run;

/// <summary>The real process with and without its native libraries.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    private const string Vips = "libvips";
    private const string Skia = "libSkiaSharp.";

    private static readonly string[] NoDav1d = ["--set", "Etl:Decode:Dav1d=Never"];

    private readonly TestCatalogue _catalogue = new(movies: 6);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_AvifUnderTheNameOfAJpeg_IsWritten()
    {
        PutAvif();

        EtlOutput run = await EtlProcess.RunAsync(_catalogue.Folder, Run());

        Assert.Equal((3, 2), (run.ExitCode, _catalogue.Missing)); // two covers of a drawn catalogue are broken
    }

    [Fact]
    public async Task Run_NoLibVips_MakesAvifADeadLetterThatSaysWhatToInstall()
    {
        Assert.SkipWhen(SystemHasVips(), "This system has a libvips of its own.");
        PutAvif();
        using var program = new ProgramCopy(without: Vips);

        EtlOutput run = await program.RunAsync(_catalogue.Folder, [.. Run(), .. NoDav1d]);

        Assert.Equal((3, 3), (run.ExitCode, _catalogue.Missing));
        Assert.Equal(1, _catalogue.Scalar(
            "SELECT count(*) FROM etl_dead_letters WHERE reason = 'unsupported_format' AND message LIKE '%install libvips%'"));
    }

    [Fact]
    public async Task Validate_NoLibVips_WarnsOnly()
    {
        Assert.SkipWhen(SystemHasVips(), "This system has a libvips of its own.");
        using var program = new ProgramCopy(without: Vips);

        EtlOutput validate = await program.RunAsync(_catalogue.Folder, ["validate", .. TestCatalogue.Settings, .. NoDav1d]);

        Assert.Equal(0, validate.ExitCode);
        Assert.StartsWith("etl: warning: AVIF covers become dead letters: ", Assert.Single(Lines(validate.Errors)));
        Assert.Contains("install libvips", validate.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ok  libvips", validate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_NoSkiaSharp_EndsWithOne()
    {
        using var program = new ProgramCopy(without: Skia);

        EtlOutput validate = await program.RunAsync(_catalogue.Folder, ["validate", .. TestCatalogue.Settings]);

        Assert.Equal(1, validate.ExitCode);
        string line = Assert.Single(Lines(validate.Errors));
        Assert.StartsWith("etl: The native library of SkiaSharp cannot be loaded: ", line);
        Assert.EndsWith($"dotnet publish -r {RuntimeInformation.RuntimeIdentifier}", line);
    }

    [Fact]
    public async Task Palette_NoAvif_DoesNotLoadLibVips()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has loaded.");
        string png = Asset.PathOf("rgba.png"), avif = Asset.PathOf("lossy.avif");

        string[] without = await LoadedAfterAsync(png);
        string[] with = await LoadedAfterAsync(png, avif);

        Assert.Contains(without, line => line.Contains(Skia, StringComparison.Ordinal));
        Assert.DoesNotContain(without, line => line.Contains(Vips, StringComparison.Ordinal) || line.Contains("NetVips", StringComparison.Ordinal));
        Assert.Contains(with, line => line.Contains(LibDav1d.FindsDamage ? "libdav1d" : Vips, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Palette_PixelsOfAvifCannotBeRead_PrintsTheFailureAlone()
    {
        byte[] avif = Asset.Bytes("lossy.avif");
        avif.AsSpan(avif.Length - 900, 800).Fill(0x55);
        await File.WriteAllBytesAsync(_catalogue.PathOf("damaged.avif"), avif, TestContext.Current.CancellationToken);

        EtlOutput palette = await EtlProcess.RunAsync(_catalogue.Folder, ["palette", "damaged.avif"]);

        Assert.Contains("damaged AVIF", Assert.Single(Lines(palette.Errors)), StringComparison.Ordinal);
    }

    private static string[] Run() => ["run", .. TestCatalogue.Settings];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the loader would find one elsewhere.</summary>
    private static bool SystemHasVips()
    {
        var nearby = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 };
        return ((string[])["/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib"])
            .Any(folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "libvips*", nearby).Any());
    }

    private void PutAvif()
    {
        string good = Directory.EnumerateFiles(_catalogue.PathOf("covers")).OrderBy(path => new FileInfo(path).Length).Last();
        File.Copy(Asset.PathOf("lossy.avif"), good, overwrite: true);
    }

    /// <summary>The memory mappings of <c>etl palette</c> after it has printed a line for each image and waits for input.</summary>
    private static async Task<string[]> LoadedAfterAsync(params string[] images)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "etl"), ["palette", .. images, "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = ChildProcess.Start(start);
        for (int line = 0; line < images.Length; line++)
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync().WaitAsync(TestTimeout));
        }

        string[] maps = await File.ReadAllLinesAsync($"/proc/{process.Id}/maps");
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TestTimeout);
        return maps;
    }
}
