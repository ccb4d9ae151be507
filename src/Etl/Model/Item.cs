using System.Diagnostics;

namespace PaletteEtl.Model;

/// <summary>One movie on its way: the row it came from, a value, and the failure that may have replaced the value.</summary>
/// <param name="Movie">The movie the value belongs to, wherever the item overtakes others.</param>
/// <param name="Value">What the last stage made; not to be used when there is a failure.</param>
/// <param name="Version">The version of the cover the value was made from, once it is fetched.</param>
/// <param name="Failure">Why there is no value.</param>
internal readonly record struct Item<T>(Movie Movie, T? Value, CoverVersion? Version = null, Failure? Failure = null)
{
    /// <summary>The damage of the cover that the value was made of all the same; null when none was found.</summary>
    public string? Damage { get; init; }

    /// <summary>When the movie was read, as a timestamp of the run's clock.</summary>
    public long ReadAt { get; init; }

    /// <summary>When the last stage was done with it, likewise.</summary>
    public long ReadyAt { get; init; }

    /// <summary>The movie's span; null unless it is sampled.</summary>
    public Activity? Span { get; init; }

    public Item<TNext> With<TNext>(TNext value, CoverVersion? version) =>
        new(Movie, value, version) { Damage = Damage, ReadAt = ReadAt, ReadyAt = ReadyAt, Span = Span };

    public Item<TNext> Failed<TNext>(Failure failure) =>
        new(Movie, default, failure.Version, failure) { ReadAt = ReadAt, ReadyAt = ReadyAt, Span = Span };
}
