using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Etl.IntegrationTests.SuitesFirst))]

namespace Etl.IntegrationTests;

/// <summary>Begins with the collections of several classes, which take longest: nothing else is left to run beside them at the end.</summary>
public sealed class SuitesFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : notnull, ITestCollection =>
        [.. testCollections.OrderByDescending(collection => collection.TestCollectionClassName is not null)];
}
