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

    public async ValueTask<FetchResult> FetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        await memory.TakeAsync(CoverBytes, cancellationToken);
        try
        {
            await script(Movies.Number(movie.Id), cancellationToken);
        }
        catch (UnchangedCover)
        {
            memory.Shrink(0);
            return FetchResult.Unchanged(version: null);
        }

        var data = new NativeBuffer(CoverBytes);
        BinaryPrimitives.WriteInt64LittleEndian(data.GetSpan(), Movies.Number(movie.Id));
        return FetchResult.Of(new Cover(data, new CoverVersion(CoverBytes, null, null), memory));
    }

    public static int Number(Cover cover) => (int)BinaryPrimitives.ReadInt64LittleEndian(cover.Data.GetSpan());
}
