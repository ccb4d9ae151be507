using System.Buffers.Binary;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Tests.Support;

/// <summary>Covers of eight bytes that hold their movie's number.</summary>
internal sealed class ScriptedCovers(Script script) : ICoverSource
{
    public const int CoverBytes = sizeof(long);

    private int _started;

    /// <summary>Movies whose cover was asked for.</summary>
    public int Started => Volatile.Read(ref _started);

    public async ValueTask<Cover> FetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        await reservation.TakeAsync(CoverBytes, cancellationToken);
        await script(Movies.Number(movie), cancellationToken);
        var data = new NativeBuffer(CoverBytes);
        BinaryPrimitives.WriteInt64LittleEndian(data.GetSpan(), Movies.Number(movie));
        return new Cover(data, new CoverVersion(CoverBytes, null, null), reservation);
    }

    public static int Number(Cover cover) => (int)BinaryPrimitives.ReadInt64LittleEndian(cover.Data.GetSpan());
}
