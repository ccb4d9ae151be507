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
    public static Finding Jpeg(LibraryUse use) => new("JPEG", IsFine: true, (use, LibTurboJpeg.IsPresent) switch
    {
        (LibraryUse.Never, _) => "decoded by SkiaSharp because Etl:Decode:TurboJpeg is Never",
        (_, true) => "decoded by libturbojpeg",
        _ => $"decoded by SkiaSharp; libturbojpeg takes six tenths of the time. {LibTurboJpeg.Remedy}",
    });

    /// <summary>Which of two decodes AVIF, and how to get the faster one.</summary>
    public static Finding Avif(LibraryUse use) => new("AVIF", IsFine: true, (use, LibDav1d.IsPresent) switch
    {
        (LibraryUse.Never, _) => "decoded by libvips because Etl:Decode:Dav1d is Never",
        _ when LibDav1d.IsFor(use) => LibDav1d.FindsDamage ? "decoded by libdav1d" : "decoded by libdav1d, whose version does not find damage",
        (_, true) => "decoded by libvips, because the version of libdav1d does not find damage; Etl:Decode:Dav1d=Require uses it all the same",
        _ => $"decoded by libvips; libdav1d takes a third of the time. {LibDav1d.Remedy}",
    });

    /// <summary>Without it AVIF is not decoded, or only what libdav1d decodes, which a run can do without.</summary>
    public static Finding Vips(LibraryUse dav1d) => LibVips.Problem is { } problem
        ? new(
            "libvips",
            IsFine: false,
            $"{(LibDav1d.IsFor(dav1d) ? "AVIF covers that libdav1d does not decode" : "AVIF covers")} become dead letters: "
            + $"libvips cannot be loaded: {FirstSentence(problem)} {LibVips.Remedy}")
        {
            IsOptional = true,
        }
        : new("libvips", IsFine: true, $"native library {LibVips.Version} loads");

    /// <summary>The message without its list of all paths that were searched for the library.</summary>
    private static string FirstSentence(string message) => message.Split(". ")[0].TrimEnd('.') + ".";
}
