using System.Diagnostics;

namespace PaletteEtl.Model;

/// <summary>One movie on its way through a run: its identity, what later stages need to know, and either a value, a failure, or neither
/// when it is skipped or current.</summary>
/// <typeparam name="T">The value of a stage; a <see cref="Palettes.Palette"/> at the sink.</typeparam>
/// <param name="Movie">The movie that the value belongs to, wherever the item overtakes others.</param>
/// <param name="Value">The value of the last stage; not to be used unless <see cref="HasValue"/>.</param>
/// <param name="Version">The version of the cover, once it is fetched.</param>
/// <param name="Failure">The failure that took the place of the value.</param>
public readonly record struct Item<T>(Movie Movie, T? Value, CoverVersion? Version = null, Failure? Failure = null)
{
    /// <summary>The number of the movie in its run, from 1, in the order in which the movies are read.</summary>
    public long Number { get; init; }

    /// <summary>Whether the movie is left alone, because it failed before and its cover has not changed since.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Whether the movie is left alone because its palette is current: it was made from this cover with today's settings.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The damage of the cover that the value was made of all the same; null when none was found.</summary>
    public string? Damage { get; init; }

    /// <summary>The values of the other columns; null when none is configured, and before they are computed.</summary>
    public IReadOnlyList<ColumnValue>? Columns { get; init; }

    /// <summary>The hash of the cover's bytes (xxHash128), which tells whether a cover with another version has other content; null where
    /// it is not known.</summary>
    public UInt128? Content { get; init; }

    /// <summary>The time at which the movie was read, as a timestamp of the run's clock.</summary>
    internal long ReadAt { get; init; }

    /// <summary>The time at which the last stage finished, likewise.</summary>
    internal long ReadyAt { get; init; }

    /// <summary>The movie's span; null unless it is sampled.</summary>
    internal Activity? Span { get; init; }

    /// <summary>Whether stages go on with the item. One that failed, is skipped or is current passes them on its way to the sink.</summary>
    public bool HasValue => Failure is null && !IsSkipped && !IsCurrent;

    /// <summary>The same item with the value of the next stage.</summary>
    internal Item<TNext> With<TNext>(TNext? value) => new(Movie, value, Version, Failure)
    {
        Number = Number,
        IsSkipped = IsSkipped,
        IsCurrent = IsCurrent,
        Damage = Damage,
        Columns = Columns,
        Content = Content,
        ReadAt = ReadAt,
        ReadyAt = ReadyAt,
        Span = Span,
    };

    /// <summary>The same item with a failure in place of its value.</summary>
    internal Item<TNext> Failed<TNext>(Failure failure) =>
        With<TNext>(default) with { Failure = failure, Version = failure.Version, Damage = null };

    /// <summary>The same item, left alone.</summary>
    /// <param name="version">The version of the cover that has not changed.</param>
    internal Item<TNext> Skipped<TNext>(CoverVersion? version) => With<TNext>(default) with { IsSkipped = true, Version = version };

    /// <summary>The same item, whose palette is current.</summary>
    /// <param name="version">The version of the cover, which may differ from the recorded one while the content is the same.</param>
    internal Item<TNext> Current<TNext>(CoverVersion? version) => With<TNext>(default) with { IsCurrent = true, Version = version };
}
