using System.Runtime.InteropServices;
using NetVips;

namespace PaletteEtl.Covers.Formats;

/// <summary>libvips, which is loaded when the first cover needs it. A program that embeds this library may use libvips itself, so no
/// loader is blocked and no number of threads is set: covers go to one loader by its name, and their rows are read by this thread.</summary>
internal static class LibVips
{
    private static readonly Lazy<string?> LoadProblem = new(Load);

    /// <summary>Why the native library does not load; null when it has loaded.</summary>
    public static string? Problem => LoadProblem.Value;

    /// <summary>Whether warnings of libvips are left out of the process's log, because the failure of a cover repeats them. A program that embeds
    /// this library keeps its own log.</summary>
    public static bool IsQuiet { get; set; }

    /// <summary>How to install libvips.</summary>
    public static string Remedy { get; } =
        $"Publish for this platform (dotnet publish -r {RuntimeInformation.RuntimeIdentifier}), add the package PaletteEtl.Avif to a "
        + "program that uses the library, or install libvips 8.13 or newer (Debian: libvips42; Alpine: vips and vips-heif; macOS: brew install vips).";

    public static Version Version => new(NetVips.NetVips.Version(0), NetVips.NetVips.Version(1), NetVips.NetVips.Version(2));

    /// <exception cref="CoverException">The native library does not load.</exception>
    public static void ThrowIfAbsent(CoverFormat format)
    {
        if (Problem is not null)
        {
            throw new CoverException(
                FailureReason.UnsupportedFormat,
                $"The cover is {format.Name}, but libvips, which decodes it, cannot be loaded. {Remedy}");
        }
    }

    private static string? Load()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            return ModuleInitializer.Exception?.GetBaseException().Message ?? "it does not start";
        }

        if (!NetVips.NetVips.AtLeastLibvips(8, 13))
        {
            return $"version {Version} is too old";
        }

        Cache.Max = 0; // a loader in the cache would keep the pixels of its cover
        if (IsQuiet)
        {
            Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, (_, _, _) => { });
        }

        return null;
    }
}
