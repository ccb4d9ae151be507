using PaletteEtl.Model;

namespace PaletteEtl.Covers;

/// <summary>An encoded cover in memory, and its share of fetch's memory budget. Whoever takes it last disposes it.</summary>
internal sealed class Cover(NativeBuffer data, CoverVersion version, Reservation? reservation) : IDisposable
{
    /// <summary>The encoded bytes.</summary>
    public NativeBuffer Data => data;

    public CoverVersion Version => version;

    public void Dispose()
    {
        data.Dispose();
        reservation?.Dispose();
    }
}
