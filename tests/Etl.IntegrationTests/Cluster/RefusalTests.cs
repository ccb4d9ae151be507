using Etl.IntegrationTests.Run;
using RabbitMQ.Client;

namespace Etl.IntegrationTests.Cluster;

/// <summary>A refusal of the broker ends the process with a line that says what to do. Only trusted certificates are accepted.</summary>
[Collection<ClusterSuite>]
public sealed class RefusalTests(RabbitBroker broker) : ClusterTest(broker, movies: 10)
{
    [Theory]
    [InlineData("worker")]
    [InlineData("run")]
    public async Task Start_PasswordIsWrong_EndsWithALine(string command)
    {
        EtlOutput ended = await RunAsync(command, Broker.Address(RabbitBroker.Worker), password: "wrong");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(
            "refuses the user or its password. Set the user in Etl:Cluster:Broker and Etl:Cluster:Password.", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Etl.", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_VirtualHostIsNotThere_EndsWithALine()
    {
        EtlOutput ended = await RunAsync("worker", Broker.Address(RabbitBroker.Worker) + "2");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("vhost movies2 not found", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RightsAreMissing_EndsWithALine()
    {
        EtlOutput ended = await RunAsync("run", Broker.Address(RabbitBroker.Worker));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("ACCESS_REFUSED - access to queue 'etl-refusal.lock'", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OtherQueuesHaveTheNames_EndsWithALine()
    {
        await using (IConnection connection = await Broker.ConnectAsync(RabbitBroker.Coordinator))
        await using (IChannel channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync("etl-other.work", durable: true, exclusive: false, autoDelete: false);
        }

        EtlOutput ended = await RunAsync(
            "run", Broker.Address(RabbitBroker.Coordinator), RabbitBroker.Password, "--set", "Etl:Cluster:Queues=etl-other");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("PRECONDITION_FAILED", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_BrokerIsNotSet_IsRefused()
    {
        EtlOutput ended = await EtlProcess.RunAsync(Catalogue.Folder, "worker");

        Assert.Equal((2, "etl: No broker is configured. Set Etl:Cluster:Broker."), (ended.ExitCode, ended.Errors.TrimEnd()));
    }

    [Fact]
    public async Task Worker_CertificateIsNotTrusted_EndsWithALine()
    {
        EtlOutput ended = await RunAsync("worker", Broker.TlsAddress(RabbitBroker.Worker));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("has an untrusted certificate", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("Set Etl:Cluster:CaFile.", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_CertificateIsAnothers_EndsWithALine()
    {
        EtlOutput ended = await RunAsync(
            "worker", Broker.TlsAddress(RabbitBroker.Worker, "localhost"), RabbitBroker.Password, "--set", $"Etl:Cluster:CaFile={Broker.CaFile}");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("has an untrusted certificate", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterStatus_BrokerIsNotThere_EndsWithALine()
    {
        EtlOutput ended = await RunAsync("cluster", "amqp://etl@127.0.0.1:1/movies", RabbitBroker.Password, "status");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("etl: The broker 127.0.0.1:1 cannot be reached: Connection refused", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_BrokerOverTls_IsFine()
    {
        EtlOutput ended = await RunAsync(
            "validate", Broker.TlsAddress(RabbitBroker.Coordinator), RabbitBroker.Password,
            [.. TestCatalogue.Settings, "--set", $"Etl:Cluster:CaFile={Broker.CaFile}"]);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("ok  broker", ended.Output, StringComparison.Ordinal);
    }

    private static string[] Queues(string[] arguments) =>
        arguments.Any(argument => argument.Contains("Queues", StringComparison.Ordinal)) ? [] : ["--set", "Etl:Cluster:Queues=etl-refusal"];

    private async Task<EtlOutput> RunAsync(
        string command, string address, string password = RabbitBroker.Password, params string[] arguments)
    {
        using var process = EtlProcess.Start(
            Catalogue.Folder,
            [("Etl__Cluster__Password", password)],
            [command, .. arguments, "--set", $"Etl:Cluster:Broker={address}", "--set", "Etl:Query:Database=movies.db", .. Queues(arguments)]);
        return await process.EndAsync();
    }
}
