using Etl.Cluster.Messages;
using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.LongTests.Cluster;

/// <summary>A coordinator that dies, and one that receives unexpected results.</summary>
[Collection<ClusterSuite>]
public sealed class CoordinatorFailureTests(RabbitBroker broker) : ClusterTest(broker, Movies)
{
    private const int Movies = 40;

    private static readonly CoverVersion Version = new(4_711, null, null);

    [Fact]
    public async Task Run_ResultsOfAKilledCoordinatorWait_TheyAreDroppedAndTheCoversAreReadAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        using TestCluster cluster = Cluster("etl-restart", "--set", "Etl:Cluster:BatchSize=2");
        EtlProcess killed = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;

        killed.Kill();
        Covers.Open();
        await Eventually.Holds(async () => await Broker.CountAsync("etl-restart.work") == 0);
        worker.Signal(EtlProcess.Terminate);
        Assert.Equal(Movies, ClusterOutput.Processed(await worker.EndAsync()));
        Assert.NotEqual(0U, await Broker.CountAsync("etl-restart.results"));
        await using SlowCovers replaced = await SlowCovers.StartAsync(Catalogue.OtherCover(), requests: 1);
        replaced.Open();
        EtlProcess next = cluster.StartCoordinator();
        cluster.StartWorker("--set", $"Etl:Fetch:Locations:0={replaced.Location}");
        EtlOutput run = await next.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        Assert.Equal(
            new PaletteExtractor(new EtlOptions()).Extract(Catalogue.OtherCover()).ToJson(),
            Catalogue.Text("SELECT group_concat(DISTINCT palette_json) FROM movies"));
        Assert.Equal(0U, await Broker.CountAsync("etl-restart.results"));
    }

    [Theory]
    [InlineData("etl-forgotten", "DELETE FROM etl_dead_letters")]
    [InlineData("etl-retried", "UPDATE etl_dead_letters SET attempts = 0")]
    public async Task Run_DeadLettersChangeWhileSkippedMoviesWaitAmongResults_TheyAreTriedAgain(string queues, string change)
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, queues);
        EtlOutput first = await RunWithWorkerAsync(cluster);
        EtlProcess worker = cluster.StartWorker();
        await worker.Logged("Connected");
        EtlProcess killed = cluster.StartCoordinator();
        await killed.Logged("Connected");
        killed.Kill();

        Catalogue.Execute(change);
        EtlProcess last = cluster.StartCoordinator("--report", "report.json");
        EtlOutput run = await last.EndAsync();

        Assert.Equal((3, 3), (first.ExitCode, run.ExitCode));
        Assert.Equal((2, 0), (Catalogue.Report("report.json")["deadLetters"], Catalogue.Report("report.json")["skipped"]));
        Assert.Equal(2, Catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE attempts = 1"));
    }

    [Fact]
    public async Task Run_ManyResultsOfAnEarlierRunWait_OneMovieInFlightIsEnough()
    {
        using TestCluster cluster = Cluster("etl-window", "--set", "Etl:Cluster:BatchSize=1");
        Covers.Open();
        EtlProcess killed = cluster.StartCoordinator();
        await killed.Logged("Connected");
        await Eventually.Holds(async () => await Broker.CountAsync("etl-window.work") > 0);
        killed.Kill();
        EtlProcess worker = cluster.StartWorker();
        await Eventually.Holds(async () => await Broker.CountAsync("etl-window.work") == 0);
        await Eventually.Holds(async () => await Broker.CountAsync("etl-window.results") > 1);

        EtlOutput run = await cluster.StartCoordinator("--set", "Etl:Cluster:MaxInFlight=1").EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
    }

    [Fact]
    public async Task Run_RowsAreReadTwice_BothAreSettled()
    {
        using TestCluster cluster = Cluster(
            "etl-again", "--set", "Etl:Cluster:BatchSize=1", "--set", "Etl:Cluster:MaxInFlight=8", "--set", "Etl:Query:PageSize=4");
        await EtlProcess.RunAsync(Catalogue.Folder, ["index", .. TestCatalogue.Settings]);
        EtlProcess coordinator = cluster.StartCoordinator("--report", "report.json");
        cluster.StartWorker();
        await Covers.Requested;

        Catalogue.Execute("UPDATE movies SET palette_json = '' WHERE palette_json IS NULL");
        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        Assert.InRange(Catalogue.Report("report.json")["read"], Movies + 1, 2 * Movies);
    }

    [Fact]
    public async Task Run_WorkerOfAnotherCatalogueIsIdle_LeavesTheMoviesToOthers()
    {
        using TestCluster cluster = Cluster("etl-foreign", SmallBatches);
        Covers.Open();
        await using SlowCovers others = await SlowCovers.StartAsync(Catalogue.OtherCover(), requests: 1);
        others.Open();
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess foreign = cluster.StartWorker(
            "--set", $"Etl:Fetch:Locations:0={others.Location}", "--set", "Etl:Cluster:Catalogue=0123456789abcdef");
        await foreign.Logged("belongs to another catalogue than Etl:Cluster:Catalogue");

        EtlProcess worker = cluster.StartWorker("--set", $"Etl:Cluster:Catalogue={Catalogue.Text("SELECT id FROM etl_catalogue")}");
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0, 0), (run.ExitCode, Catalogue.Missing, others.Requests));
        Assert.Equal((0, Movies), (await TestCluster.EndAsync(foreign), await TestCluster.EndAsync(worker)));
    }

    [Fact]
    public async Task Run_IdsAreTooLongForAMessage_AreDeadLettersAndTheOthersAreDone()
    {
        using TestCluster cluster = Cluster("etl-long", "--set", "Etl:Cluster:BatchSize=1024");
        Catalogue.Execute("UPDATE movies SET id = id || hex(zeroblob(4500000)) WHERE rowid = 1");
        Catalogue.Execute("UPDATE movies SET id = id || hex(zeroblob(4000)) WHERE rowid BETWEEN 2 AND 30");
        Covers.Open();
        EtlProcess coordinator = cluster.StartCoordinator();
        cluster.StartWorker();

        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((3, 1), (run.ExitCode, Catalogue.Missing));
        Assert.Equal("invalid_id: The id is too long to be sent to a worker.", Catalogue.Text("SELECT reason || ': ' || message FROM etl_dead_letters"));
    }

    [Fact]
    public async Task Run_AnotherCoordinatorHasTheQueues_WaitsForItsEndAndNamesIt()
    {
        using TestCluster cluster = Cluster("etl-second");
        EtlProcess first = cluster.StartCoordinator();
        cluster.StartWorker();
        await Covers.Requested;

        EtlProcess second = cluster.StartCoordinator();
        await second.Logged("Another coordinator (");
        await second.Logged("uses the queues etl-second.*");
        Covers.Open();
        EtlOutput firstRun = await first.EndAsync();
        EtlOutput secondRun = await second.EndAsync();

        Assert.Equal((0, 0, 0), (firstRun.ExitCode, secondRun.ExitCode, Catalogue.Missing));
        Assert.Contains("table movies in ", secondRun.Errors, StringComparison.Ordinal);
        Assert.Contains("movies.db", secondRun.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AnotherCoordinatorHasTheQueuesAndItDoesNotWait_EndsWithALineThatNamesIt()
    {
        using TestCluster cluster = Cluster("etl-nowait");
        EtlProcess first = cluster.StartCoordinator();
        await first.Logged("Connected");

        EtlOutput second = await cluster.StartCoordinator("--no-wait").EndAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("etl: Another coordinator (", second.Errors, StringComparison.Ordinal);
        Assert.Contains("uses the queues etl-nowait.*. Run again after its end", second.Errors, StringComparison.Ordinal);
        Assert.Equal(Movies, Catalogue.Missing);
    }

    [Fact]
    public async Task Run_TwoCataloguesShareTheQueues_EachGetsItsPalettes()
    {
        using var other = new TestCatalogue(Movies);
        using TestCluster cluster = Cluster("etl-shared");
        using var otherCluster = new TestCluster(Broker, other.Folder, "etl-shared");
        EtlProcess[] coordinators = [cluster.StartCoordinator(), otherCluster.StartCoordinator()];
        cluster.StartWorker();
        Covers.Open();

        foreach (EtlProcess coordinator in coordinators)
        {
            Assert.Equal(0, (await coordinator.EndAsync()).ExitCode);
        }

        Assert.Equal((0, 0), (Catalogue.Missing, other.Missing));
    }

    [Fact]
    public async Task Run_MessagesAreRefused_ItsMoviesAreDeadLettersThatSaySo()
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-refused");
        EtlProcess coordinator = cluster.StartCoordinator();
        await coordinator.Logged("Connected");
        await using IConnection connection = await Broker.ConnectAsync(RabbitBroker.Worker);
        await using IChannel channel = await connection.CreateChannelAsync();
        await ConsumeAsync(channel, "etl-refused.work", message => channel.BasicRejectAsync(message.DeliveryTag, requeue: false).AsTask());

        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((3, Movies), (run.ExitCode, Catalogue.Missing));
        Assert.Equal(
            Movies,
            Catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE reason = 'internal' AND message LIKE '%does not understand%'"));
    }

    [Fact]
    public async Task Run_ResultsComeTwiceAndFromElsewhere_EachMovieIsWrittenOnce()
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-twice");
        EtlProcess coordinator = cluster.StartCoordinator("--report", "report.json");
        await coordinator.Logged("Connected");
        await using IConnection connection = await Broker.ConnectAsync(RabbitBroker.Worker);
        await using IChannel channel = await connection.CreateChannelAsync();
        await ConsumeAsync(channel, "etl-twice.work", async message =>
        {
            WorkMessage work = MessageFormat.ReadWork(message.BasicProperties, message.Body.Span)!;
            var results = new ResultMessage(
                [new MovieResult("no movie of ours", [1, 2, 3], Version: Version), .. work.Movies.Select(movie => new MovieResult(movie.Key, [1, 2, 3, 4, 5, 6], Version: Version))]);
            (BasicProperties properties, byte[] body) = MessageFormat.Write(
                results, new ResultHeaders(message.BasicProperties.CorrelationId));
            foreach (string type in (string[])["etl.result/9", MessageFormat.Result, MessageFormat.Result])
            {
                properties.Type = type;
                await channel.BasicPublishAsync("", "etl-twice.results", mandatory: true, properties, body);
            }

            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        });

        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        Assert.Equal(Movies, Catalogue.Report("report.json")["written"]);
        Assert.Equal("[[1, 2, 3], [4, 5, 6]]", Catalogue.Text("SELECT group_concat(DISTINCT palette_json) FROM movies"));
    }

    [Fact]
    public async Task Worker_MessageOfAnotherVersion_IsLeftToOthersAndTheWorkerGoesOn()
    {
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-version");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        EtlOutput first = await coordinator.EndAsync();
        await using IConnection connection = await Broker.ConnectAsync(RabbitBroker.Coordinator);
        await using IChannel channel = await connection.CreateChannelAsync();

        await channel.BasicPublishAsync("", "etl-version.work", mandatory: true, new BasicProperties { Type = "etl.work/9" }, "{}"u8.ToArray());
        await worker.Logged("A message cannot be processed: its format is etl.work/9. Use the same version for workers and coordinator.");
        Catalogue.Execute("UPDATE movies SET palette_json = NULL");
        EtlOutput second = await cluster.StartCoordinator().EndAsync();

        Assert.Equal((3, 3), (first.ExitCode, second.ExitCode));
        Assert.Equal(2, Catalogue.Missing);
    }

    [Fact]
    public async Task Run_OneWorkerReachesNoCovers_TheOthersDoItsMovies()
    {
        using TestCluster cluster = Cluster("etl-bad", "--set", "Etl:Cluster:BatchSize=1");
        EtlProcess coordinator = cluster.StartCoordinator();
        EtlProcess worker = cluster.StartWorker();
        await Covers.Requested;
        EtlProcess bad = cluster.StartWorker("--set", "Etl:Fetch:Locations:0=nowhere/{id}.jpg");
        await bad.Logged("Connected");

        Covers.Open();
        EtlOutput run = await coordinator.EndAsync();

        Assert.Equal((0, 0), (run.ExitCode, Catalogue.Missing));
        Assert.Equal(Movies, await TestCluster.EndAsync(worker));
    }

    private static async Task<EtlOutput> RunWithWorkerAsync(TestCluster cluster)
    {
        EtlProcess coordinator = cluster.StartCoordinator();
        cluster.StartWorker();
        return await coordinator.EndAsync();
    }

    private static async Task ConsumeAsync(IChannel channel, string queue, Func<BasicDeliverEventArgs, Task> receive)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) => receive(message);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }
}
