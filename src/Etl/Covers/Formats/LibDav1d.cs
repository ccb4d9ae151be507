namespace PaletteEtl.Covers.Formats;

/// <summary>The system's libdav1d, from version 1.0 on.</summary>
internal static class LibDav1d
{
    public const string Library = "dav1d";
    private const string SinceVersion1 = "dav1d_get_event_flags";

    private const int SmallSide = 16;
    private const int DamagedAt = 27;

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["libdav1d.dll", "dav1d.dll"]
        : OperatingSystem.IsMacOS() ? ["libdav1d.7.dylib", "libdav1d.6.dylib", "/opt/homebrew/lib/libdav1d.dylib"]
        : ["libdav1d.so.7", "libdav1d.so.6"];

    private static readonly Lazy<bool> Loaded = new(static () => SystemLibrary.TryLoad(Library, Names, SinceVersion1) && IsSound(damagedAt: -1));
    private static readonly Lazy<bool> Checks = new(static () => Loaded.Value && !IsSound(damagedAt: DamagedAt));

    /// <summary>Whether the library is there.</summary>
    public static bool IsPresent => Loaded.Value;

    /// <summary>Whether the library refuses damaged data, as libvips does. Version 1.0 takes it as a picture.</summary>
    public static bool FindsDamage => Checks.Value;

    /// <summary>A grey frame.</summary>
    private static ReadOnlySpan<byte> SmallFrame =>
    [
        0x12, 0x00, 0x0A, 0x08, 0x18, 0x0C, 0xFF, 0xD8, 0x60, 0x21, 0xA0, 0xD4, 0x32, 0x11, 0x1F, 0xF0,
        0xFF, 0xF1, 0x00, 0x08, 0x4A, 0x1E, 0xE7, 0x0F, 0x9C, 0x06, 0x50, 0x6D, 0x03, 0xA5, 0xF5,
    ];

    /// <summary>How to install libdav1d.</summary>
    public static string Remedy { get; } =
        "Install libdav1d (Debian 13, Ubuntu: apt install libdav1d7; Debian 12, without finding damage: apt install libdav1d6; Alpine: "
        + "apk add libdav1d; Fedora: dnf install libdav1d; macOS: brew install dav1d; Windows: put libdav1d.dll beside the program).";

    /// <summary>Whether the library decodes AVIF: by default only one that finds damage.</summary>
    public static bool IsFor(LibraryUse use) => use switch
    {
        LibraryUse.Never => false,
        LibraryUse.Require => IsPresent,
        _ => FindsDamage,
    };

    /// <summary>Whether a small frame is decoded.</summary>
    /// <param name="damagedAt">The byte of it that is damaged; -1 for none.</param>
    private static bool IsSound(int damagedAt)
    {
        byte[] coded = [.. SmallFrame];
        if (damagedAt >= 0)
        {
            coded[damagedAt] ^= 1;
        }

        using Dav1dFrame? frame = Dav1dDecoder.Decode(coded, [0..coded.Length], SmallSide * SmallSide);
        return frame?.Samples is { Width: SmallSide, Height: SmallSide, Format: { Bits: 8, IsGrey: true } };
    }
}
