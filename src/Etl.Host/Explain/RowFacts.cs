using PaletteEtl.Catalogue;

namespace Etl.Host.Explain;

/// <summary>A row and its cover, compared.</summary>
/// <param name="Row">The row.</param>
/// <param name="Cover">Its cover.</param>
internal sealed record RowFacts(MovieRow Row, CoverExamination Cover)
{
    /// <summary>Whether a run finds the version of the cover for which nothing is to be done.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Whether the recorded settings differ from today's; null without provenance.</summary>
    public bool? IsSettingsStale { get; init; }

    /// <summary>Whether the content of the cover differs from the recorded one; null where that is not known.</summary>
    public bool? IsCoverStale => Row.Provenance?.Content is { } made && Cover.Content is { } now ? made != now : null;
}
