using PaletteEtl.Covers;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>The outcomes of one JPEG decoded by Skia and by libturbojpeg.</summary>
internal sealed record JpegEnding(string Name, DecodedJpeg BySkia, DecodedJpeg ByTurbo)
{
    /// <summary>Both outcomes of every file, with and without <c>Etl:Decode:AcceptTruncated</c>.</summary>
    public static IEnumerable<JpegEnding> OfAll(IEnumerable<(string Name, byte[] Bytes)> files) =>
        from file in files.AsParallel()
        from acceptTruncated in (bool[])[false, true]
        select new JpegEnding(
            file.Name,
            JpegFiles.Decode(file.Bytes, With(LibraryUse.Never, acceptTruncated)),
            JpegFiles.Decode(file.Bytes, With(LibraryUse.Require, acceptTruncated)));

    private static DecodeOptions With(LibraryUse use, bool acceptTruncated) =>
        new() { TurboJpeg = use, AcceptTruncated = acceptTruncated, SampleStep = 3 };
}
