using System.Runtime.InteropServices;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes frames with libdav1d. Its structures begin alike in all versions; the parts behind are reserved here and not read.</summary>
internal static unsafe partial class Dav1dDecoder
{
    /// <summary>Decodes a frame; null when there is anything to report about it, or more than one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parts">Where its coded data is in the file.</param>
    /// <param name="pixels">Maximum number of pixels.</param>
    public static Dav1dFrame? Decode(ReadOnlySpan<byte> file, IReadOnlyList<Range> parts, int pixels)
    {
        nint decoder = Open(pixels);
        if (decoder == 0)
        {
            return null;
        }

        try
        {
            return Send(decoder, file, parts) ? Receive(decoder) : null;
        }
        finally
        {
            Close(ref decoder);
        }
    }

    private static nint Open(int pixels)
    {
        byte* settings = stackalloc byte[Settings.Reserved];
        DefaultSettings(settings);
        var known = (Settings*)settings;
        (known->Threads, known->FrameDelay, known->MaxPixels) = (1, 1, (uint)pixels);
        (known->Log, known->IsStrict) = (0, 1);
        return Open(out nint decoder, settings) == 0 ? decoder : 0;
    }

    private static bool Send(nint decoder, ReadOnlySpan<byte> file, IReadOnlyList<Range> parts)
    {
        byte* packet = stackalloc byte[Packet.Reserved];
        new Span<byte>(packet, Packet.Reserved).Clear();
        int length = parts.Sum(part => part.GetOffsetAndLength(int.MaxValue).Length);
        byte* data = CreateData(packet, (nuint)length);
        if (data == null)
        {
            return false;
        }

        var rest = new Span<byte>(data, length);
        foreach (Range part in parts)
        {
            file[part].CopyTo(rest);
            rest = rest[part.GetOffsetAndLength(file.Length).Length..];
        }

        bool isTaken = SendData(decoder, packet) == 0 && ((Packet*)packet)->Length == 0;
        FreeData(packet); // what was not taken
        return isTaken;
    }

    private static Dav1dFrame? Receive(nint decoder)
    {
        var frame = new Dav1dFrame();
        using var another = new Dav1dFrame();
        if (GetPicture(decoder, frame.Address) == 0 && GetPicture(decoder, another.Address) != 0)
        {
            return frame;
        }

        frame.Dispose();
        return null;
    }

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_default_settings")]
    private static partial void DefaultSettings(byte* settings);

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_open")]
    private static partial int Open(out nint decoder, byte* settings);

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_data_create")]
    private static partial byte* CreateData(byte* packet, nuint length);

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_data_unref")]
    private static partial void FreeData(byte* packet);

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_send_data")]
    private static partial int SendData(nint decoder, byte* packet);

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_get_picture")]
    private static partial int GetPicture(nint decoder, nint picture);

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_picture_unref")]
    internal static partial void FreePicture(nint picture);

    [LibraryImport(LibDav1d.Library, EntryPoint = "dav1d_close")]
    private static partial void Close(ref nint decoder);

    /// <summary>The beginning of <c>Dav1dSettings</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Settings
    {
        public const int Reserved = 512;

        public int Threads, FrameDelay, Grain, OperatingPoint, AllLayers;
        public uint MaxPixels;
        public nint AllocatorState, Allocate, Release, LogState, Log;
        public int IsStrict;
    }

    /// <summary>The beginning of <c>Dav1dData</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Packet
    {
        public const int Reserved = 256;

        public nint Data;
        public nuint Length;
    }
}
