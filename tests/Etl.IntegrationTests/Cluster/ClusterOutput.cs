using System.Globalization;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>What processes say of themselves.</summary>
internal static partial class ClusterOutput
{
    /// <summary>Movies that a worker has answered for.</summary>
    public static int Answered(EtlOutput worker) =>
        int.Parse(AnsweredLine().Match(worker.Errors).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("The worker has ended after ([0-9]+) movies")]
    private static partial Regex AnsweredLine();
}
