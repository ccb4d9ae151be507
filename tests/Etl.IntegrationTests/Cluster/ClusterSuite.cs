namespace Etl.IntegrationTests.Cluster;

/// <summary>The tests of clusters: one after the other, with one broker.</summary>
[CollectionDefinition]
public sealed class ClusterSuite : ICollectionFixture<RabbitBroker>;
