using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue;

/// <summary>A row of the table of movies, and all that is stored about it.</summary>
/// <param name="Movie">The movie, with its dead letter.</param>
/// <param name="State">The content of its palette column.</param>
/// <param name="Text">The same as text; null for NULL.</param>
internal sealed record MovieRow(Movie Movie, PaletteState State, string? Text)
{
    /// <summary>The palette; null when there is none, or one of more colours than a <see cref="Palettes.Palette"/> holds.</summary>
    public Palette? Palette { get; init; }

    /// <summary>The names and values of the columns that are filled in beside the palette; null for NULL.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Columns { get; init; } = [];

    /// <summary>Whether there is a palette, and another column is missing.</summary>
    public bool IsIncomplete => State == PaletteState.Present && Columns.Any(static column => column.Value is null or "");

    /// <summary>Whether the row passes <c>Etl:Query:Where</c>.</summary>
    public bool IsMovie { get; init; }

    /// <summary>The movie as the next run reads it; null when the run does not read it.</summary>
    public Movie? Read { get; init; }

    /// <summary>The settings and the cover that the palette was made from; null when they are not recorded.</summary>
    public StoredProvenance? Provenance { get; init; }

    /// <summary>The dead letter; null when there is none.</summary>
    public StoredDeadLetter? DeadLetter { get; init; }

    /// <summary>The damage of the cover that the palette was made of; null when there was none.</summary>
    public StoredDamage? Damage { get; init; }
}
