using System.Collections.Immutable;
using PaletteEtl.Model;

namespace PaletteEtl.Catalogue;

/// <summary>Which palettes are emptied: those of all movies, of the first so many that have one, of movies by id, or those made of damaged
/// covers.</summary>
internal sealed class ResetSelection
{
    private ResetSelection(long limit, ImmutableHashSet<string>? ids) => (Limit, Ids) = (limit, ids);

    public static ResetSelection All { get; } = new(long.MaxValue, ids: null);

    /// <summary>The palettes that were made of damaged covers and have not been replaced since.</summary>
    public static ResetSelection Damaged { get; } = new(long.MaxValue, ids: null) { IsDamaged = true };

    /// <summary>Whether only palettes of damaged covers are meant.</summary>
    public bool IsDamaged { get; private init; }

    /// <summary>Palettes emptied at most.</summary>
    public long Limit { get; }

    /// <summary>The ids as text; null when they do not matter.</summary>
    public ImmutableHashSet<string>? Ids { get; }

    public static ResetSelection First(long count) => new(count, ids: null);

    public static ResetSelection Of(IEnumerable<string> ids) => new(long.MaxValue, [.. ids]);

    /// <summary>Whether a movie is among them, an id being compared as it reads: 0114709 is a text, 114709 either.</summary>
    public bool Includes(MovieId id) => Ids is null || (id.Text is { } text && Ids.Contains(text));
}
