using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>A decoded cover leaves a few small objects behind, however large it is.</summary>
public sealed class DecodeAllocationTests
{
    private const int Rounds = 100;
    private const int Measurements = 5;
    private const long FewObjects = 264;

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void Decode_ByLibturbojpeg_AllocatesAFewObjects(string file)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, JpegFiles.NoLibrary);

        Assert.InRange(BytesToDecode(file, LibraryUse.Require, QuantizeAlgorithm.ColorThief), 1, FewObjects);
    }

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)]
    public void Decode_BySkia_AllocatesAFewObjectsBesideTheCodecsOwn(QuantizeAlgorithm algorithm)
    {
        byte[] jpeg = Asset.Bytes("baseline.jpg");
        long codec = BytesOf(() =>
        {
            using SKData data = SKData.CreateCopy(jpeg);
            using SKCodec codec = SKCodec.Create(data);
        });

        Assert.InRange(BytesToDecode("baseline.jpg", LibraryUse.Never, algorithm) - codec, 1, FewObjects);
    }

    private static long BytesToDecode(string file, LibraryUse turbo, QuantizeAlgorithm algorithm)
    {
        byte[] jpeg = Asset.Bytes(file);
        CoverDecoder decoder = Decoders.Of(new DecodeOptions { TurboJpeg = turbo }, algorithm);
        long cover = BytesOf(() => JpegFiles.Cover(jpeg).Dispose());
        return BytesOf(() => decoder.Decode(JpegFiles.Cover(jpeg)).Dispose()) - cover;
    }

    /// <summary>
    /// Bytes that one call allocates after a warm-up: the least of several measurements, because the runtime also
    /// allocates on this thread when it compiles a method again.
    /// </summary>
    private static long BytesOf(Action work)
    {
        Measure(work);
        return Enumerable.Range(0, Measurements).Min(_ => Measure(work));
    }

    private static long Measure(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            work();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
