namespace Etl.IntegrationTests.Web;

/// <summary>The tests of the page: one after the other, with one browser.</summary>
[CollectionDefinition]
public sealed class PageSuite : ICollectionFixture<Browser>, ICollectionFixture<ServedCatalogue>;
