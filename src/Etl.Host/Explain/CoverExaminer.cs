using Etl.Host.Recovery;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.Host.Explain;

/// <summary>Fetches, decodes and quantizes the cover of one movie. A process of its own decodes it, because a cover may crash the
/// decoder.</summary>
internal sealed class CoverExaminer(LocatedCoverSource covers, IQuantizer quantizer, EtlOptions options, TimeProvider clock)
{
    private readonly SandboxDecoder _decoder = new(options, clock, isTimed: true);

    /// <summary>Examines the cover of a movie as it is now, also one that failed before or has not changed.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<CoverExamination> ExamineAsync(Movie movie, CancellationToken cancellationToken)
    {
        using var memory = Reservation.WithLimit(options.Fetch.MemoryBudgetBytes);
        long started = clock.GetTimestamp();
        int tried = 0;
        Cover? cover = null;
        Failure? failure = null;
        try
        {
            cover = (await covers.FindAsync(movie with { Previous = null, Provenance = null }, memory, _ => tried++, cancellationToken)).Cover;
        }
        catch (Exception error) when (IsOfCover(error, cancellationToken))
        {
            failure = Failure.Of(StageNames.Fetch, error, version: null);
        }

        TimeSpan fetchTime = clock.GetElapsedTime(started);
        var fetched = new CoverExamination(LocationsOf(movie, tried, isFound: cover is not null), fetchTime);
        return cover is null
            ? fetched with { Failure = failure, Version = failure?.Version }
            : await DecodeAsync(movie, cover, fetched, cancellationToken);
    }

    /// <summary>Whether a run leaves a movie alone because its cover has not changed since it failed, or since its palette was made.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<bool> IsUnchangedAsync(Movie movie, CancellationToken cancellationToken)
    {
        if (movie is { KnownVersion: null, Previous: not { Stands: true } })
        {
            return false;
        }

        using var memory = Reservation.WithLimit(options.Fetch.MemoryBudgetBytes);
        try
        {
            FetchResult fetched = await covers.FetchAsync(movie, memory, cancellationToken);
            fetched.Cover?.Dispose();
            return fetched.IsUnchanged;
        }
        catch (Exception error) when (IsOfCover(error, cancellationToken))
        {
            return false;
        }
    }

    private static bool IsOfCover(Exception error, CancellationToken cancellationToken) =>
        error is not OutOfMemoryException && !(error is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private TriedLocation[] LocationsOf(Movie movie, int tried, bool isFound)
    {
        IReadOnlyList<(CoverLocation Location, CoverPlace Place)> places = covers.PlacesOf(movie);
        return [.. places.Select((at, i) => new TriedLocation(at.Location.Describe(at.Place), OutcomeOf(at.Place, i)))];

        LocationOutcome OutcomeOf(CoverPlace place, int i) =>
            i > tried || (i == tried && isFound) ? LocationOutcome.NotTried
            : i == tried ? LocationOutcome.Failed
            : i == tried - 1 && isFound ? LocationOutcome.Found
            : place.IsRefused ? LocationOutcome.Refused
            : LocationOutcome.Absent;
    }

    private async Task<CoverExamination> DecodeAsync(Movie movie, Cover cover, CoverExamination fetched, CancellationToken cancellationToken)
    {
        CoverFormat? format = CoverFormat.Find(CoverFormats.All, cover.Bytes);
        (long Width, long Height) promised = format?.PromisedSize(cover.Bytes) ?? default;
        CoverExamination examined = fetched with
        {
            Version = cover.Version,
            Bytes = cover.Bytes.Length,
            Content = ContentHash.Of(cover.Bytes),
            Format = format?.Name,
            PromisedSize = promised.Width > 0 && promised.Height > 0 ? promised : null,
        };
        try
        {
            using DecodedCover decoded = await _decoder.DecodeAsync(
                new Item<Cover>(movie, cover), Reservation.WithLimit(options.Decode.MemoryBudgetBytes), cancellationToken);
            return Quantize(decoded, examined);
        }
        catch (Exception error) when (IsOfCover(error, cancellationToken))
        {
            return examined with { Failure = Failure.Of(StageNames.Decode, error, cover.Version) };
        }
    }

    private CoverExamination Quantize(DecodedCover decoded, CoverExamination examined)
    {
        Warm();
        long pixels = decoded.Histogram.CountPixels();
        long started = clock.GetTimestamp();
        Palette palette = quantizer.Quantize(decoded.Histogram);
        return examined with
        {
            QuantizeTime = clock.GetElapsedTime(started),
            Decoding = decoded.Decoding,
            Damage = decoded.Damage,
            Pixels = pixels,
            Palette = palette,
            Columns = CoverColumns.ValuesOf(options.CoverColumns, decoded, palette),
        };
    }

    /// <summary>Has the quantizer compiled before its time is measured.</summary>
    private void Warm()
    {
        using ColorHistogram few = ColorHistogram.Of([new Rgb(20, 40, 60), new Rgb(200, 120, 40)], quantizer.Needs);
        _ = quantizer.Quantize(few);
    }
}
