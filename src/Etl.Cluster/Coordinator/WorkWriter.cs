using System.Security.Cryptography;
using System.Text.Json;
using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using PaletteEtl.Hosting;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Writes the work messages of one run.</summary>
/// <param name="options">The run's options.</param>
/// <param name="catalogue">The identity of the catalogue; null when it has none.</param>
internal sealed class WorkWriter(EtlOptions options, string? catalogue)
{
    /// <summary>Maximum length of an id or a location in bytes or characters. Longer than any path or URL, so no cover can have it.</summary>
    public const int MaxIdLength = 8_192;

    private readonly JsonElement _settings =
        JsonSerializer.SerializeToElement(ExtractionSettings.Of(options), MessageJson.Settings);

    /// <summary>The epoch of the run, and the settings and the number of colours that results must have.</summary>
    public ResultTerms Terms => field ??= new ResultTerms(
        RandomNumberGenerator.GetHexString(32, lowercase: true),
        SettingsFingerprint.Of(_settings),
        options.Quantize.ColorCount)
    {
        Columns = options.CoverColumns,
    };

    /// <summary>A key that only the worker that receives its request can know.</summary>
    public static string NewKey() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>The result of a movie whose id or location is too long for a message; null for all others.</summary>
    public static MovieResult? TooLong(string key, Movie movie) =>
        movie.Id.Stored is string { Length: > MaxIdLength } or byte[] { Length: > MaxIdLength } ? CoordinatorResults.TooLongId(key)
        : movie.Location is { Length: > MaxIdLength } ? CoordinatorResults.TooLongLocation(key)
        : null;

    /// <summary>Writes the message of some requests.</summary>
    /// <param name="requests">The requests, all for any worker or all for any but the same one.</param>
    /// <param name="palettes">Palettes that workers have made so far.</param>
    public (BasicProperties Properties, byte[] Body) Write(MovieRequest<PendingMovie>[] requests, long palettes) => MessageFormat.Write(
        new WorkMessage(_settings, Array.ConvertAll(requests, Want)),
        new WorkHeaders(Terms.Epoch, catalogue, requests[0].FailedBy, palettes));

    private static WantedMovie Want(MovieRequest<PendingMovie> request) => WantedMovie.Of(request.Key, request.Movie.Item);
}
