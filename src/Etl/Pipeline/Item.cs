using Etl.Fetch;
using Etl.Query;

namespace Etl.Pipeline;

/// <summary>One movie on its way: the row it came from, a value, and the failure that may have replaced the value.</summary>
/// <param name="Movie">The movie the value belongs to, wherever the item overtakes others.</param>
/// <param name="Value">What the last stage made; not to be used when there is a failure.</param>
/// <param name="Version">The version of the cover the value was made from, once it is fetched.</param>
/// <param name="Failure">Why there is no value.</param>
internal readonly record struct Item<T>(Movie Movie, T? Value, CoverVersion? Version = null, Failure? Failure = null)
{
    public Item<TNext> With<TNext>(TNext value, CoverVersion? version) => new(Movie, value, version);

    public Item<TNext> Failed<TNext>(Failure failure) => new(Movie, default, failure.Version, failure);
}
