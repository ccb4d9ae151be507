namespace Etl.IntegrationTests.Cluster;

/// <summary>The tests of workers, queues and rates: one after the other, with a broker of their own, in parallel with <see cref="ClusterSuite"/>.</summary>
[CollectionDefinition]
public sealed class WorkerSuite : ICollectionFixture<RabbitBroker>;
