using Etl.Host.Bench;
using Etl.Host.Commands;
using Etl.Host.Thumbnails;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests;

/// <summary>Pictures that another program rewrites in place: every reader sees one version.</summary>
public sealed class ChangingPictureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-changing-");
    private readonly string _path;

    public ChangingPictureTests() => _path = Path.Combine(_folder.FullName, "1.bmp");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("library")]
    [InlineData("library, asynchronous")]
    [InlineData("etl palette")]
    [InlineData("etl bench")]
    public async Task Read_AnotherProgramRewritesTheFile_NeverMixesTwoVersions(string reader)
    {
        Func<Task<string>> read = Reader(reader);

        HashSet<string> palettes = await new RewrittenFile(_path, Bmp(10), Bmp(240)).ReadMeanwhileAsync(read);

        Assert.Equal(["dark", "light"], palettes.Order());
    }

    [Fact]
    public async Task TryMakeAsync_CoverChangesWhileItIsRead_IsOfTheNewOne()
    {
        await File.WriteAllBytesAsync(_path, Bmp(10), TestContext.Current.CancellationToken);
        var clock = new HookedClock(call => _ = call == 1 && Rewrite(Bmp(240)));
        await using ServiceProvider services = new ServiceCollection()
            .AddEtl(new ConfigurationBuilder()
                .AddInMemoryCollection([new("Etl:Fetch:Locations:0", Path.Combine(_folder.FullName, "{id}.bmp"))])
                .Build())
            .AddSingleton<TimeProvider>(clock)
            .BuildServiceProvider();

        Thumbnail? thumbnail = await ActivatorUtilities.CreateInstance<ThumbnailSource>(services)
            .TryMakeAsync(new Movie(default, new MovieId(1L)), TestContext.Current.CancellationToken);

        using SKBitmap picture = SKBitmap.Decode(thumbnail!.Bytes);
        Assert.InRange(picture.GetPixel(picture.Width / 2, 5).Red, 220, 255);
        Assert.InRange(picture.GetPixel(picture.Width / 2, picture.Height - 5).Red, 220, 255);
    }

    /// <summary>Reads the picture once, and says whether it was dark, light or of both.</summary>
    private Func<Task<string>> Reader(string name)
    {
        var extractor = new PaletteExtractor();
        var images = new ImageReader(extractor, client: null!, () => Stream.Null, TimeProvider.System);
        return name switch
        {
            "library" => () => Task.FromResult(Shade(extractor.ExtractFile(_path))),
            "library, asynchronous" => async () => Shade(await extractor.ExtractFileAsync(_path)),
            "etl palette" => async () => Shade(await images.ReadAsync(new ImageSource(_path), CancellationToken.None)),
            _ => CopyAndReadAsync,
        };
    }

    private async Task<string> CopyAndReadAsync()
    {
        using var copies = new BenchFolder();
        await BenchCovers.CopyFolderAsync(_folder.FullName, count: 1, copies, CancellationToken.None);
        return Shade(new PaletteExtractor().ExtractFile(copies.Covers.Single()));
    }

    private static string Shade(ImageResult image) =>
        image.Failure is { } failure ? throw new CoverException(failure.Reason, failure.Message) : Shade(image.Palette);

    private static string Shade(Palette palette) =>
        palette.Count == 0 ? "none"
        : Array.TrueForAll(palette.ToArray(), color => color.R < 50) ? "dark"
        : Array.TrueForAll(palette.ToArray(), color => color.R > 200) ? "light"
        : "mixed";

    private bool Rewrite(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        File.SetLastWriteTimeUtc(_path, HookedClock.Now.UtcDateTime.AddHours(-1));
        return true;
    }

    /// <summary>A BMP of one grey.</summary>
    private static byte[] Bmp(byte grey)
    {
        const int Width = 200, Height = 200, Header = 54;
        byte[] bytes = new byte[Header + (3 * Width * Height)];
        using var writer = new BinaryWriter(new MemoryStream(bytes));
        writer.Write("BM"u8);
        Array.ForEach([bytes.Length, 0, Header, 40, Width, Height, 1 | (24 << 16), 0, 0, 0, 0, 0, 0], writer.Write);
        bytes.AsSpan(Header).Fill(grey);
        return bytes;
    }
}
