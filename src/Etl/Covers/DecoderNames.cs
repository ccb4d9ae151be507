namespace PaletteEtl.Covers;

/// <summary>The names of the decoders.</summary>
internal static class DecoderNames
{
    public const string Skia = "SkiaSharp";
    public const string TurboJpeg = "libturbojpeg";
    public const string DcCoefficients = "DC coefficients";
    public const string Dav1d = "libdav1d";
    public const string Vips = "libvips";
}
