using System.Globalization;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Reads the log lines of the cluster's processes.</summary>
internal static partial class ClusterOutput
{
    /// <summary>Movies whose results a worker has published.</summary>
    public static int Processed(EtlOutput worker) =>
        int.Parse(EndLine().Match(worker.Errors).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("The worker has ended after ([0-9]+) movies")]
    private static partial Regex EndLine();
}
