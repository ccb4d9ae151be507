using Etl.Decode;
using Etl.Fetch;
using Etl.Pipeline;

namespace Etl.Tests.Support;

/// <summary>Decodes the covers of <see cref="ScriptedCovers"/> into histograms that hold the movie's number.</summary>
internal sealed class ScriptedDecoder(Script script) : ICoverDecoder
{
    public const int PixelBytes = 100;

    private int _disposedCovers;

    /// <summary>Covers whose memory was given back.</summary>
    public int DisposedCovers => Volatile.Read(ref _disposedCovers);

    public async ValueTask<ColorHistogram> DecodeAsync(
        Cover cover, Reservation reservation, CancellationToken cancellationToken)
    {
        try
        {
            using (reservation)
            {
                await reservation.TakeAsync(PixelBytes, cancellationToken);
                int number = ScriptedCovers.Number(cover);
                await script(number, cancellationToken);
                return new ColorHistogram { White = number };
            }
        }
        finally
        {
            cover.Dispose();
            Interlocked.Increment(ref _disposedCovers);
        }
    }
}
