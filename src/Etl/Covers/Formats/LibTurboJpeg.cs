using System.Runtime.InteropServices;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>The system's libturbojpeg, versions 2 and 3, by the calls that both have.</summary>
internal static partial class LibTurboJpeg
{
    private const string Library = "turbojpeg";
    private const string SinceVersion2 = "tjGetErrorStr2"; // version 1 does not know how to end at a warning
    private const int Rgba = 7;

    /// <summary>The inverse transform that Skia uses, an end at the first warning, and at the 500th scan.</summary>
    private const int Flags = 4096 | 8192 | 32768;

    private const int Warning = 0;

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["turbojpeg.dll"]
        : OperatingSystem.IsMacOS() ? ["libturbojpeg.0.dylib", "libturbojpeg.dylib", "/opt/homebrew/lib/libturbojpeg.dylib"]
        : ["libturbojpeg.so.0", "libturbojpeg.so"];

    private static readonly string[] DamageWarnings =
        ["Corrupt JPEG data", "Premature end of JPEG file", "Inconsistent progression sequence"];

    private static readonly Lazy<bool> Loaded = new(static () => SystemLibrary.TryLoad(Library, Names, SinceVersion2));

    /// <summary>Whether the library is there.</summary>
    public static bool IsPresent => Loaded.Value;

    /// <summary>How to install libturbojpeg.</summary>
    public static string Remedy { get; } =
        "Install libturbojpeg (Debian: apt install libturbojpeg0; Ubuntu: apt install libturbojpeg; Alpine: apk add libturbojpeg; "
        + "Fedora: dnf install turbojpeg; macOS: brew install jpeg-turbo; Windows: put turbojpeg.dll beside the program).";

    /// <summary>Decodes a whole picture, to red, green, blue and alpha.</summary>
    /// <param name="jpeg">The picture.</param>
    /// <param name="size">Its size, as its header says.</param>
    /// <param name="decoded">The size to decode it at: all of it, or a half, a quarter or an eighth, rounded up.</param>
    /// <param name="pixels">Where its pixels go.</param>
    /// <param name="damage">The library's warning, if that is of damage.</param>
    /// <returns>False when it is of another size, or of colours other than the usual ones, or when the library has anything
    /// to report about it.</returns>
    public static bool TryDecode(NativeBuffer jpeg, SKSizeI size, SKSizeI decoded, PixelBuffer pixels, out string? damage)
    {
        damage = null;

        // A decoder keeps the tables of the picture before, so each picture has one of its own.
        nint decoder = InitDecompress();
        if (decoder == 0)
        {
            return false;
        }

        try
        {
            var bytes = new CULong((uint)jpeg.Length);
            if (DecompressHeader(decoder, jpeg.Address, bytes, out int wide, out int high, out int subsampling, out int colorspace) == 0)
            {
                if ((wide, high) != (size.Width, size.Height) || !IsUsual((Subsampling)subsampling, (Colorspace)colorspace))
                {
                    return false;
                }

                if (Decompress(decoder, jpeg.Address, bytes, pixels.Address, decoded.Width, 0, decoded.Height, Rgba, Flags) == 0)
                {
                    return true;
                }
            }

            damage = DamageOf(decoder);
            return false;
        }
        finally
        {
            _ = Destroy(decoder);
        }
    }

    /// <summary>The last warning, where it is of data that is damaged or missing. Others are of what cameras write, such as odd
    /// numbers in a scan's header.</summary>
    private static string? DamageOf(nint decoder) =>
        ErrorCode(decoder) == Warning
        && Marshal.PtrToStringUTF8(ErrorText(decoder)) is { } text
        && Array.Exists(DamageWarnings, start => text.StartsWith(start, StringComparison.Ordinal))
            ? text
            : null;

    /// <summary>Whether all versions decode to the same pixels; older versions differ in 4:4:0, for example.</summary>
    private static bool IsUsual(Subsampling subsampling, Colorspace colorspace) => colorspace == Colorspace.Gray
        ? subsampling == Subsampling.Gray
        : colorspace == Colorspace.YCbCr && subsampling is Subsampling.None or Subsampling.Half or Subsampling.Quarter;

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    private static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    private static partial int DecompressHeader(
        nint decoder, nint jpeg, CULong size, out int width, out int height, out int subsampling, out int colorspace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    private static partial int Decompress(
        nint decoder, nint jpeg, CULong size, nint pixels, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    private static partial int ErrorCode(nint decoder);

    [LibraryImport(Library, EntryPoint = SinceVersion2)]
    private static partial nint ErrorText(nint decoder);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    private static partial int Destroy(nint decoder);

    private enum Subsampling
    {
        None,
        Half,
        Quarter,
        Gray,
    }

    private enum Colorspace
    {
        Rgb,
        YCbCr,
        Gray,
    }
}
