namespace Etl.IntegrationTests.Cluster;

/// <summary>The tests of workers and of what they make: one after the other, with a broker of their own, in parallel with <see cref="ClusterSuite"/>.</summary>
[CollectionDefinition]
public sealed class WorkerSuite : ICollectionFixture<RabbitBroker>;
