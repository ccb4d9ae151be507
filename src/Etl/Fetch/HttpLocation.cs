using System.Net;
using Etl.Pipeline;
using Etl.Query;

namespace Etl.Fetch;

/// <summary>Covers on a web server, at URLs named by movie.</summary>
internal sealed class HttpLocation(LocationTemplate template, long maxCoverBytes, IHttpClientFactory clients, TimeProvider clock)
    : CoverLocation(template)
{
    /// <summary>The name its client is configured by.</summary>
    public const string ClientName = "Etl.Covers";

    /// <summary>How long a cover may take, from the request to its last byte.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override async ValueTask<Cover?> TryFetchAsync(Movie movie, Reservation reservation, CancellationToken cancellationToken)
    {
        var url = new Uri(Template.Place(movie.Id.Text!, Uri.EscapeDataString));
        using var patience = new CancellationTokenSource(Patience, clock);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using HttpClient client = clients.CreateClient(ClientName);
            using HttpResponseMessage response = await client
                .GetAsync(url, HttpCompletionOption.ResponseHeadersRead, reading.Token).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }

            ThrowUnlessOk(url, response.StatusCode);
            long room = RoomFor(url, movie, response, out CoverVersion version);

            // Waiting for memory is no fault of the server's.
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            await reservation.TakeAsync(room, cancellationToken).ConfigureAwait(false);
            patience.CancelAfter(Patience);
            return await ReadAsync(url, response.Content, (int)room, version, movie, reservation, reading.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new CoverException(FailureReason.Unreachable, $"{url} could not be read: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CoverException(FailureReason.Timeout, $"{url} did not give the cover within {Patience.TotalSeconds:0} s.", error);
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

    /// <summary>Bytes to reserve for the body: its length, or as many as are allowed when the server does not say.</summary>
    private long RoomFor(Uri url, Movie movie, HttpResponseMessage response, out CoverVersion version)
    {
        long? length = response.Content.Headers.ContentLength;
        version = new CoverVersion(length, response.Content.Headers.LastModified, response.Headers.ETag?.Tag);
        movie.Previous?.ThrowIfUnchanged(version);
        return length > maxCoverBytes ? throw TooLarge(url, version) : length ?? maxCoverBytes;
    }

    private async Task<Cover> ReadAsync(
        Uri url, HttpContent content, int room, CoverVersion version, Movie movie, Reservation reservation,
        CancellationToken cancellationToken)
    {
        var data = new NativeBuffer(room);
        try
        {
            Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read = await body.ReadAtLeastAsync(data.Memory, data.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (version.Size is null && read == data.Length
                && await body.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
            {
                throw TooLarge(url, version);
            }

            data.Resize(read);
            reservation.Shrink(read);
            return new Cover(data, version, reservation) { Movie = movie };
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
