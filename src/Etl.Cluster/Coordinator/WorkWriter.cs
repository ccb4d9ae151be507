using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Etl.Cluster.Messages;
using PaletteEtl.Catalogue;
using PaletteEtl.Hosting;
using RabbitMQ.Client;

namespace Etl.Cluster.Coordinator;

/// <summary>Writes the work messages of one run.</summary>
internal sealed class WorkWriter(EtlOptions options)
{
    private readonly ExtractionSettings _settings = new(options.Decode, options.Quantize);

    /// <summary>The correlation id of this run's work and results: a hash of the catalogue and the settings.</summary>
    public string Run { get; } = Fingerprint(options);

    public static WantedMovie Want(Item<Movie> item) =>
        new(MovieKey.Of(item.Movie), item.Movie.Id, item.Movie.Previous, item.Span?.Id);

    public (BasicProperties Properties, byte[] Body) Write(IReadOnlyList<WantedMovie> movies) =>
        MessageFormat.Write(new WorkMessage(_settings, [.. movies]), Run);

    private static string Fingerprint(EtlOptions options)
    {
        var empty = new WorkMessage(new ExtractionSettings(options.Decode, options.Quantize), []);
        QueryOptions query = options.Query;
        string whole = string.Join(
            '\n', JsonSerializer.Serialize(empty, MessageJson.Work), query.Database, query.Table, query.IdColumn);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 16));
    }
}
