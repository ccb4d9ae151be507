using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>The processes of one test: a coordinator and workers, with queues of their own.</summary>
/// <param name="broker">The broker.</param>
/// <param name="folder">Where they run: <c>movies.db</c> and <c>covers</c> are there.</param>
/// <param name="queues">The prefix of the queue names.</param>
internal sealed class TestCluster(RabbitBroker broker, string folder, string queues) : IDisposable
{
    private readonly List<EtlProcess> _processes = [];

    /// <summary>Settings of every process.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>Variables of the environment of every process.</summary>
    public (string Name, string Value)[] Variables { get; init; } = [];

    /// <summary>Where the workers' covers are.</summary>
    public string Location { get; init; } = "covers/{id}.jpg";

    /// <summary>Whether covers can bring a process down.</summary>
    public bool IsPoisoned { get; init; }

    public EtlProcess StartWorker(params string[] arguments) => Start(
        RabbitBroker.Worker, ["worker", "--set", $"Etl:Fetch:Locations:0={Location}", .. arguments]);

    public EtlProcess StartCoordinator(params string[] arguments) => Start(
        RabbitBroker.Coordinator, ["run", "--progress", "log", "--set", "Etl:Query:Database=movies.db", .. arguments]);

    public EtlProcess StartStatus(params string[] arguments) => Start(RabbitBroker.Coordinator, ["cluster", "status", .. arguments]);

    /// <summary>Ends workers with a signal. Returns the number of movies they processed.</summary>
    public static async Task<int> EndAsync(params EtlProcess[] workers)
    {
        int movies = 0;
        foreach (EtlProcess worker in workers)
        {
            worker.Signal(EtlProcess.Terminate);
            EtlOutput ended = await worker.EndAsync();
            Assert.Equal(0, ended.ExitCode);
            movies += ClusterOutput.Processed(ended);
        }

        return movies;
    }

    /// <summary>Ends the processes, and shows what they have said, for a test that fails.</summary>
    public void Dispose()
    {
        foreach (EtlProcess process in _processes)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(process.Shown);
            process.Dispose();
        }
    }

    private EtlProcess Start(string user, string[] arguments)
    {
        (string, string)[] variables = [("Etl__Cluster__Password", RabbitBroker.Password), .. Variables];
        string[] all =
            [.. arguments, "--set", $"Etl:Cluster:Broker={broker.Address(user)}", "--set", $"Etl:Cluster:Queues={queues}", .. Settings];
        EtlProcess process = IsPoisoned ? EtlProcess.StartPoisoned(folder, variables, all) : EtlProcess.Start(folder, variables, all);
        _processes.Add(process);
        return process;
    }
}
