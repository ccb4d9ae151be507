using System.Collections.Immutable;

namespace PaletteEtl.Catalogue;

/// <summary>Which palettes are emptied: those of all movies, of the first so many that have one, of movies by id, those made of damaged
/// covers, or those that are not lists of colours.</summary>
public sealed class ResetSelection
{
    private ResetSelection(long limit, ImmutableHashSet<string>? ids) => (Limit, Ids) = (limit, ids);

    /// <summary>The palettes of all movies.</summary>
    public static ResetSelection All { get; } = new(long.MaxValue, ids: null);

    /// <summary>The palettes that were made of damaged covers and have not been replaced since.</summary>
    public static ResetSelection Damaged { get; } = new(long.MaxValue, ids: null) { IsDamaged = true };

    /// <summary>Whether only palettes of damaged covers are meant.</summary>
    public bool IsDamaged { get; private init; }

    /// <summary>The values in place of palettes that are not lists of colours, such as <c>null</c> or <c>[]</c> as a text.</summary>
    public static ResetSelection Unreadable { get; } = new(long.MaxValue, ids: null) { IsUnreadable = true };

    /// <summary>Whether only values that are not palettes are meant.</summary>
    public bool IsUnreadable { get; private init; }

    /// <summary>Maximum number of palettes emptied.</summary>
    public long Limit { get; }

    /// <summary>The ids as text; null when they do not matter.</summary>
    public ImmutableHashSet<string>? Ids { get; }

    /// <summary>The palettes of the first movies that have one, in the order of the catalogue.</summary>
    /// <param name="count">Maximum number of palettes emptied.</param>
    public static ResetSelection First(long count) => new(count, ids: null);

    /// <summary>The palettes of movies by id.</summary>
    /// <param name="ids">The ids as they read.</param>
    public static ResetSelection Of(IEnumerable<string> ids) => new(long.MaxValue, [.. ids]);

    /// <summary>Whether a movie is among them, an id being compared as it reads: 0114709 is a text, 114709 either.</summary>
    public bool Includes(MovieId id) => Ids is null || (id.Text is { } text && Ids.Contains(text));
}
