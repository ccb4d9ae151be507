using System.Globalization;
using System.Security.Cryptography;
using Etl.Cluster.Messages;
using PaletteEtl.Hosting;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Writes the work messages of one run.</summary>
internal sealed class WorkWriter(EtlOptions options)
{
    private readonly ExtractionSettings _settings = new(options.Decode, options.Quantize);

    /// <summary>The epoch of the run, the correlation id of its work and results. It is random, so that no message of an earlier run, of
    /// other settings or of another catalogue is taken for one of this run.</summary>
    public string Epoch { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The request for a movie's palette. Its key is the movie's number in the run and a token, which only the worker that
    /// receives the request can know. A row that is read twice has two keys.</summary>
    public static WantedMovie Want(Item<Movie> item) => new(
        string.Create(CultureInfo.InvariantCulture, $"{item.Number}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}"),
        item.Movie.Id,
        item.Movie.Previous,
        item.Span?.Id);

    public (BasicProperties Properties, byte[] Body) Write(IReadOnlyList<WantedMovie> movies) =>
        MessageFormat.Write(new WorkMessage(_settings, [.. movies]), Epoch);
}
