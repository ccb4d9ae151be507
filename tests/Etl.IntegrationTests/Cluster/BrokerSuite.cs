namespace Etl.IntegrationTests.Cluster;

/// <summary>The tests of the broker's faults, queues and rates: one after the other, with a broker of their own, in parallel with
/// <see cref="ClusterSuite"/>.</summary>
[CollectionDefinition]
public sealed class BrokerSuite : ICollectionFixture<RabbitBroker>;
