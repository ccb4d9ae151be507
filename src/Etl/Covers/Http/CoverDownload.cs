using System.Net;

namespace PaletteEtl.Covers.Http;

/// <summary>One attempt to get a cover: the request, room for its bytes, then the bytes.</summary>
/// <param name="requests">Sends the request.</param>
/// <param name="options">The limits of size and time.</param>
/// <param name="formats">The formats of covers, which have an end.</param>
/// <param name="clock">The clock of the timeouts.</param>
internal sealed class CoverDownload(CoverRequests requests, FetchOptions options, CoverFormat[] formats, TimeProvider clock)
{
    private const string AwsChunked = "aws-chunked";

    /// <summary>Codings that servers name although the body is the file: those that are none, and what remains of an upload to S3.</summary>
    private static readonly string[] NoCodings = ["identity", "none", "binary", AwsChunked];

    /// <summary>The number of covers to fetch at once, by the latency and the failures of attempts.</summary>
    public ConcurrencyLimit Limit { get; } = new(options.Parallelism, options.MostAtOnce);

    /// <summary>Reads the cover at a URL, if there is one.</summary>
    /// <param name="url">The URL of the cover.</param>
    /// <param name="known">The version that is not downloaded; null to download any.</param>
    /// <param name="reservation">Reserves memory for the cover.</param>
    /// <param name="all">The timeout of all attempts together; paused while waiting for memory.</param>
    /// <param name="aborting">Ends the attempt and every wait in it.</param>
    /// <exception cref="TimeoutException">The timeout of the attempt, or of all attempts, has elapsed.</exception>
    public async ValueTask<FetchResult> TryAsync(
        Uri url, CoverVersion? known, Reservation reservation, RequestDeadline all, CancellationToken aborting)
    {
        using var one = new RequestDeadline(options.AttemptTimeout, clock, all.Token);
        try
        {
            FetchResult result = await RequestAsync(url, known, reservation, one, all, aborting).ConfigureAwait(false);
            Limit.Measured(one.Used, isFailure: false);
            return result;
        }
        catch (OperationCanceledException error) when (!aborting.IsCancellationRequested)
        {
            Limit.Measured(one.Used, isFailure: true);
            throw HttpFailure.TimedOut(all.Token.IsCancellationRequested ? options.Timeout : options.AttemptTimeout, error);
        }
        catch (Exception error) when (HttpFailure.IsOfLoad(error))
        {
            Limit.Measured(one.Used, isFailure: true);
            throw;
        }
    }

    private async ValueTask<FetchResult> RequestAsync(
        Uri url, CoverVersion? known, Reservation reservation, RequestDeadline one, RequestDeadline all, CancellationToken aborting)
    {
        using HttpResponseMessage response = await requests.SendAsync(url, known, one, all, aborting).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return FetchResult.None;
        }

        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
        {
            return FetchResult.Unchanged(known);
        }

        ThrowIfRefused(url, response, all.Left);
        CoverVersion version = VersionOf(response);
        if (version == known)
        {
            return FetchResult.Unchanged(version);
        }

        if (version.Size > options.MaxCoverBytes)
        {
            throw TooLarge(url, version);
        }

        int room = (int)(version.Size ?? options.MaxCoverBytes);
        one.Pause();
        all.Pause();
        await reservation.TakeAsync(room, aborting).ConfigureAwait(false);
        all.Resume();
        one.Resume();
        return FetchResult.Of(await ReadAsync(url, response, room, version, reservation, one.Token).ConfigureAwait(false));
    }

    private void ThrowIfRefused(Uri url, HttpResponseMessage response, TimeSpan left)
    {
        HttpStatusCode status = response.StatusCode;
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new CoverException(FailureReason.Forbidden, $"{HttpFailure.Name(url)} answered {(int)status}.");
        }

        if (!response.IsSuccessStatusCode || status == HttpStatusCode.PartialContent)
        {
            bool mayPass = status is HttpStatusCode.PartialContent or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError;
            TimeSpan? wait = mayPass ? RetryAfter(response) : null;
            throw new UnexpectedStatusException(status, wait, mayPass && (wait is null || wait < left));
        }

        if (response.Content.Headers.ContentEncoding
            .FirstOrDefault(static coding => !NoCodings.Contains(coding, StringComparer.OrdinalIgnoreCase)) is { } coding)
        {
            throw Encoded(url, coding);
        }
    }

    /// <summary>Refuses bytes that are not the whole cover, or not the cover itself.</summary>
    private void ThrowIfNoCover(Uri url, HttpResponseMessage response, ReadOnlySpan<byte> bytes)
    {
        CoverFormat? format = CoverFormat.Find(formats, bytes);
        if (!IsEndProved(response) && (bytes.IsEmpty || format?.HasEnd(bytes) == false))
        {
            throw new IOException("The connection closed before the end of the cover, and the response had no Content-Length.");
        }

        if (format is null && response.Content.Headers.ContentEncoding.Contains(AwsChunked, StringComparer.OrdinalIgnoreCase))
        {
            throw Encoded(url, AwsChunked);
        }
    }

    /// <summary>Whether a body that ends too early ends with an error. Where only the end of the connection ends it, a broken connection
    /// looks like a short cover.</summary>
    private static bool IsEndProved(HttpResponseMessage response) =>
        LengthOf(response) is not null || response.Headers.TransferEncodingChunked == true || response.Version.Major > 1
        || response.StatusCode == HttpStatusCode.NoContent;

    /// <summary>The time a server asks to wait. A date counts from the server's own, because its clock and this one may differ.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        DateTimeOffset now = response.Headers.Date ?? clock.GetUtcNow();
        TimeSpan? wait = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>The length of the body. Chunks have their own, and overrule a Content-Length beside them.</summary>
    private static long? LengthOf(HttpResponseMessage response) =>
        response.Headers.TransferEncodingChunked == true ? null : response.Content.Headers.ContentLength;

    private static CoverVersion VersionOf(HttpResponseMessage response) => new(
        LengthOf(response), response.Content.Headers.LastModified, response.Headers.ETag?.Tag);

    private async Task<Cover> ReadAsync(
        Uri url, HttpResponseMessage response, int room, CoverVersion version, Reservation reservation, CancellationToken cancellationToken)
    {
        var data = new NativeBuffer(room);
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read = await body.ReadAtLeastAsync(data.Memory, data.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (version.Size is null && read == data.Length
                && await body.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
            {
                throw TooLarge(url, version);
            }

            ThrowIfNoCover(url, response, data.GetSpan()[..read]);
            data.Resize(read);
            reservation.Shrink(read);
            return new Cover(data, version, reservation);
        }
        catch
        {
            data.Dispose();
            reservation.Shrink(0); // the next attempt takes what it needs then
            throw;
        }
    }

    private static CoverException Encoded(Uri url, string coding) =>
        new(FailureReason.Unreachable, $"{HttpFailure.Name(url)} answered in the encoding {coding}, which was not requested.");

    private CoverException TooLarge(Uri url, CoverVersion version) =>
        new(FailureReason.TooLarge, $"{HttpFailure.Name(url)} has more than the {options.MaxCoverBytes} bytes allowed.") { Version = version };
}
