using System.Net;
using Etl.Pipeline;
using Etl.Query;

namespace Etl.Fetch;

/// <summary>Covers on a web server, at URLs named by movie.</summary>
internal sealed class HttpLocation(LocationTemplate template, long maxCoverBytes, IHttpClientFactory clients) : CoverLocation(template)
{
    /// <summary>The name its client is configured by.</summary>
    public const string ClientName = "Etl.Covers";

    public override async ValueTask<Cover?> TryFetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        var url = new Uri(Template.Place(movie.Id.Text!, Uri.EscapeDataString));
        try
        {
            using HttpClient client = clients.CreateClient(ClientName);
            using HttpResponseMessage response = await client
                .GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }

            ThrowUnlessOk(url, response.StatusCode);
            return await ReadAsync(url, movie, response.Content, response.Headers.ETag?.Tag, reservation, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new CoverException(FailureReason.Unreachable, $"{url} could not be read: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CoverException(FailureReason.Timeout, $"{url} did not answer in time.", error);
        }
    }

    /// <exception cref="CoverException">The server did not answer with a cover.</exception>
    public static void ThrowUnlessOk(Uri url, HttpStatusCode status)
    {
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new CoverException(FailureReason.Forbidden, $"{url} answered {(int)status}.");
        }

        if ((int)status is < 200 or > 299)
        {
            throw new CoverException(FailureReason.Unreachable, $"{url} answered {(int)status}.");
        }
    }

    private async Task<Cover> ReadAsync(
        Uri url, Movie movie, HttpContent content, string? etag, Reservation reservation, CancellationToken cancellationToken)
    {
        long? length = content.Headers.ContentLength;
        var version = new CoverVersion(length, content.Headers.LastModified, etag);
        movie.Previous?.ThrowIfUnchanged(version);
        long room = length ?? maxCoverBytes;
        if (room > maxCoverBytes)
        {
            throw TooLarge(url, version);
        }

        await reservation.TakeAsync(room, cancellationToken).ConfigureAwait(false);
        var data = new NativeBuffer((int)room);
        try
        {
            Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read = await body.ReadAtLeastAsync(data.Memory, data.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (length is null && read == data.Length
                && await body.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
            {
                throw TooLarge(url, version);
            }

            data.Resize(read);
            reservation.Shrink(read);
            return new Cover(data, version, reservation);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private CoverException TooLarge(Uri url, CoverVersion version) =>
        new(FailureReason.TooLarge, $"{url} has more than the {maxCoverBytes} bytes allowed.") { Version = version };
}
