using System.Globalization;
using Etl.Cluster.Messages;

namespace Etl.Cluster.Protocol;

/// <summary>Results that the coordinator makes for movies that no worker returns a usable result for.</summary>
internal static class CoordinatorResults
{
    /// <summary>A movie whose message a worker rejected.</summary>
    public static MovieResult Rejected(string key) => Internal(
        key,
        $"A worker does not understand messages of {MessageFormat.Work} with these settings. Use the same version for workers and coordinator.");

    /// <summary>A movie whose results do not fit the run.</summary>
    public static MovieResult Unfit(string key, int results) => Internal(
        key,
        string.Create(CultureInfo.InvariantCulture, $"{results} results of workers do not fit the settings of the run. ")
        + "Use the same version for workers and coordinator.");

    /// <summary>A movie whose message comes back again and again, although workers decode its cover in a separate process.</summary>
    public static MovieResult Undeliverable(string key, int returns) => Internal(
        key,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{returns * (ClusterQueues.DeliveryLimit + 1)} deliveries to workers ended without a result. The logs of the workers say why."));

    /// <summary>A movie whose id is too long for a message.</summary>
    public static MovieResult TooLongId(string key) => new(
        key, Failure: new ResultFailure(StageNames.Fetch, FailureReason.InvalidId, "The id is too long to be sent to a worker.", Version: null));

    /// <summary>A movie whose cover's location is too long for a message.</summary>
    public static MovieResult TooLongLocation(string key) => new(
        key,
        Failure: new ResultFailure(
            StageNames.Fetch, FailureReason.Forbidden, "The location of the cover is too long to be sent to a worker.", Version: null));

    private static MovieResult Internal(string key, string message) =>
        new(key, Failure: new ResultFailure(StageNames.Extract, FailureReason.Internal, message, Version: null));
}
