namespace Etl.IntegrationTests.Web;

/// <summary>The tests of the page that share a service: one after the other.</summary>
[CollectionDefinition]
public sealed class ServedSuite : ICollectionFixture<ServedCatalogue>;
