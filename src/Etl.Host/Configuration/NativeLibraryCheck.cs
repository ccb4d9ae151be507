using System.Runtime.InteropServices;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using SkiaSharp;

namespace Etl.Host.Configuration;

/// <summary>Checks that the native libraries load that decode covers.</summary>
internal static class NativeLibraryCheck
{
    /// <summary>Without it no cover but AVIF is decoded.</summary>
    public static Finding SkiaSharp()
    {
        try
        {
            return new("SkiaSharp", IsFine: true, $"native library {SkiaSharpVersion.Native} loads");
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return new(
                "SkiaSharp",
                IsFine: false,
                $"The native library of SkiaSharp cannot be loaded: {FirstSentence(error.GetBaseException().Message)} Publish for "
                + $"this platform: dotnet publish -r {RuntimeInformation.RuntimeIdentifier}");
        }
    }

    /// <summary>Which of two decodes JPEG, and how to get the faster one.</summary>
    public static Finding Jpeg(TurboJpegUse use) => new("JPEG", IsFine: true, (use, LibTurboJpeg.IsPresent) switch
    {
        (TurboJpegUse.Never, _) => "decoded by SkiaSharp because Etl:Decode:TurboJpeg is Never",
        (_, true) => "decoded by libturbojpeg",
        _ => $"decoded by SkiaSharp; libturbojpeg takes six tenths of the time. {LibTurboJpeg.Remedy}",
    });

    /// <summary>Without it AVIF is not decoded, which a run can do without.</summary>
    public static Finding Vips() => LibVips.Problem is { } problem
        ? new("libvips", IsFine: false, $"AVIF covers become dead letters: libvips cannot be loaded: {FirstSentence(problem)} {LibVips.Remedy}")
        {
            IsOptional = true,
        }
        : new("libvips", IsFine: true, $"native library {LibVips.Version} loads");

    /// <summary>The message without its list of all paths that were searched for the library.</summary>
    private static string FirstSentence(string message) => message.Split(". ")[0].TrimEnd('.') + ".";
}
