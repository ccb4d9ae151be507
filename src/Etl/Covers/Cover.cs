namespace PaletteEtl.Covers;

/// <summary>An encoded cover in memory, and its share of fetch's memory budget. The last one to use it disposes it.</summary>
public sealed class Cover : IDisposable
{
    private readonly Reservation? _reservation;
    private bool _isDisposed;

    internal Cover(NativeBuffer data, CoverVersion version, Reservation? reservation) =>
        (Data, Version, _reservation) = (data, version, reservation);

    /// <summary>The encoded bytes.</summary>
    /// <exception cref="ObjectDisposedException">The cover is disposed.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return Data.GetSpan();
        }
    }

    /// <summary>The version of the cover.</summary>
    public CoverVersion Version { get; }

    /// <summary>The buffer of the encoded bytes.</summary>
    internal NativeBuffer Data { get; }

    /// <summary>A cover of the given bytes, which are copied.</summary>
    /// <param name="bytes">The encoded bytes, of any format.</param>
    /// <param name="version">The version of the cover.</param>
    /// <param name="reservation">The reservation that the bytes were taken from. The cover gives them back when it is disposed. Null for a
    /// cover outside of any budget.</param>
    public static Cover Of(ReadOnlySpan<byte> bytes, CoverVersion version, Reservation? reservation = null)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        return new Cover(data, version, reservation);
    }

    /// <summary>Frees the bytes, and gives back what was reserved for them.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Data.Dispose();
        _reservation?.Dispose();
    }
}
