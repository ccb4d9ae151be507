using Etl.Host;
using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

public sealed class ClusterSectionTests
{
    [Theory]
    [InlineData("Broker=http://broker", "Etl:Cluster:Broker must be an address such as amqps://etl@broker:5671/movies, without the password; found 'http://broker' in --set")]
    [InlineData("Broker=amqps://etl:secret@broker", "Etl:Cluster:Broker contains a password; move it to Etl:Cluster:Password (Etl:Cluster:Broker in --set, Etl:Cluster:Password by default)")]
    [InlineData("Prefetch=0", "Etl:Cluster:Prefetch must be a whole number from 1 to 256; found '0' in --set")]
    [InlineData("MaxInFlight=15", "Etl:Cluster:MaxInFlight must be at least Etl:Cluster:BatchSize, which is 16; found 15 (Etl:Cluster:BatchSize by default, Etl:Cluster:MaxInFlight in --set)")]
    [InlineData("Brokr=amqp://broker", "Etl:Cluster:Brokr is not an option; found in --set; did you mean Etl:Cluster:Broker?")]
    public void Load_MistakeInTheSection_IsRefused(string setting, string problem)
    {
        UserException refused = Assert.Throws<UserException>(() => EtlConfiguration.OfDefaults([$"Etl:Cluster:{setting}"]));

        Assert.Equal(["the configuration is refused:", problem], refused.Message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("Password", "secret")]
    [InlineData("Broker", "amqps://etl:secret@broker/movies")]
    public void Shown_Secret_IsHidden(string option, string value) =>
        Assert.Equal("(hidden)", new Setting($"Etl:Cluster:{option}", value, "--set").Shown);

    [Fact]
    public void Shown_BrokerWithoutPassword_IsShown() =>
        Assert.Equal("amqps://etl@broker/movies", new Setting("Etl:Cluster:Broker", "amqps://etl@broker/movies", "--set").Shown);
}
