using System.Runtime.InteropServices;
using NetVips;

namespace PaletteEtl.Covers.Formats;

/// <summary>libvips, which is loaded when the first cover needs it, and set up for untrusted input.</summary>
internal static class LibVips
{
    private static readonly Lazy<string?> LoadProblem = new(Load);

    /// <summary>Why the native library does not load; null when it has loaded.</summary>
    public static string? Problem => LoadProblem.Value;

    /// <summary>How to install libvips.</summary>
    public static string Remedy { get; } =
        $"Publish for this platform (dotnet publish -r {RuntimeInformation.RuntimeIdentifier}), or install libvips 8.13 or "
        + "newer (Debian: libvips42; Alpine: vips and vips-heif; macOS: brew install vips).";

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

        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        Operation.Block("VipsForeignLoadHeif", false);
        NetVips.NetVips.Concurrency = 1; // the stage has its own degree of parallelism
        Cache.Max = 0; // no cover comes twice
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, (_, _, _) => { }); // a cover's failure says it, not standard error
        return null;
    }
}
