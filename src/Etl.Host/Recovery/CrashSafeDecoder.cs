using Microsoft.Extensions.Logging;
using PaletteEtl.Covers;

namespace Etl.Host.Recovery;

/// <summary>Decodes covers with an entry in the crash log, and those of suspects in the sandbox.</summary>
internal sealed partial class CrashSafeDecoder(
    ICoverDecoder decoder, ICoverDecoder sandbox, CrashLog crashLog, ILogger<CrashSafeDecoder> log) : ICoverDecoder
{
    public async ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken)
    {
        (Movie movie, Cover cover) = (item.Movie, item.Value!);
        CrashLogEntry? suspect = crashLog.Find(movie.Id);
        if (suspect?.SandboxFailure is { } reason)
        {
            cover.Dispose();
            throw new CoverException(reason, "An earlier attempt to decode the cover in a separate process failed.");
        }

        if (suspect is not null || MayFailAgain(movie))
        {
            return await DecodeSuspectAsync(item, memory, cancellationToken).ConfigureAwait(false);
        }

        using (crashLog.Enter(movie.Id))
        {
            return await decoder.DecodeAsync(item, memory, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DecodedCover> DecodeSuspectAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken)
    {
        MovieId id = item.Movie.Id;
        Isolated(log, id);
        try
        {
            DecodedCover decoded = await sandbox.DecodeAsync(item, memory, cancellationToken).ConfigureAwait(false);
            crashLog.Remove(id);
            return decoded;
        }
        catch (CoverException error)
        {
            if (error.Reason is FailureReason.Crashed or FailureReason.Timeout)
            {
                crashLog.RecordSandboxFailure(id, error.Reason);
            }
            else if (error.Reason != FailureReason.Memory) // a suspect until its dead letter is committed
            {
                crashLog.Remove(id);
            }

            throw;
        }
    }

    /// <summary>Whether the next attempt could hang this process, in a decoder that cannot be interrupted, or take its memory.</summary>
    private static bool MayFailAgain(Movie movie) =>
        movie.Previous is { Reason: FailureReason.Timeout or FailureReason.Memory, Stage: StageNames.Decode };

    [LoggerMessage(110, LogLevel.Warning, "The cover of movie {Id:l} was being decoded when an earlier run crashed. It is decoded in a separate process.")]
    private static partial void Isolated(ILogger log, MovieId id);
}
