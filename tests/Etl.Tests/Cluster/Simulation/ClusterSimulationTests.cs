using System.Globalization;

namespace Etl.Tests.Cluster.Simulation;

public sealed class ClusterSimulationTests(ITestOutputHelper output)
{
    /// <summary>Seeds that are tried to find what a part of the protocol prevents.</summary>
    private const int SeedsWithoutPart = 5_000;

    private static readonly Dictionary<string, SimulationRules> WithoutPart = new()
    {
        ["epochs"] = new() { HasEpochs = false },
        ["leases"] = new() { HasLeases = false },
        ["the lock"] = new() { HasLock = false },
        ["isolation"] = new() { Isolates = false },
        ["bound workers"] = new() { BindsWorkers = false },
        ["a second worker's word"] = new() { ConfirmsFailures = false },
        ["the check of settings"] = new() { ChecksSettings = false },
        ["proof of a crash"] = new() { ConvictsByDeliveries = true, Isolates = false },
    };

    public static TheoryData<string> Parts => [.. WithoutPart.Keys];

    /// <remarks><c>ETL_SEEDS</c> sets the number of seeds, and <c>ETL_SEED</c> the first.</remarks>
    [Fact]
    public void Run_AnySeed_EveryRunEndsWithTheRightPalettes()
    {
        var rules = new SimulationRules();
        int first = Variable("ETL_SEED", 0);

        Parallel.For(first, first + Variable("ETL_SEEDS", 10_000), seed => AssertHolds(seed, rules));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Run_WithoutAPartOfTheProtocol_ViolatesWhatItPrevents(string part)
    {
        (int seed, string? violation) = Enumerable.Range(0, SeedsWithoutPart)
            .Select(seed => (seed, ClusterSimulation.Run(seed, WithoutPart[part])))
            .FirstOrDefault(static run => run.Item2 is not null);

        Assert.NotNull(violation);
        output.WriteLine($"Without {part}, {seed + 1} seeds find: {violation}");
    }

    private static int Variable(string name, int value) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : value;

    private static void AssertHolds(int seed, SimulationRules rules)
    {
        if (ClusterSimulation.Run(seed, rules) is { } violation)
        {
            Assert.Fail($"Seed {seed}: {violation}.{Environment.NewLine}"
                + string.Join(Environment.NewLine, ClusterSimulation.HistoryOf(seed, rules).Take(200)));
        }
    }
}
