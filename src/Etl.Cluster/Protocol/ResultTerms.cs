using Etl.Cluster.Messages;
using PaletteEtl.Columns;

namespace Etl.Cluster.Protocol;

/// <summary>The requirements of a run for results.</summary>
/// <param name="Epoch">The epoch of the run. It is random, so no result of an earlier run or of another catalogue has it.</param>
/// <param name="Settings">The fingerprint of the run's settings.</param>
/// <param name="MaxColors">Maximum number of colours of a palette.</param>
internal sealed record ResultTerms(string Epoch, string Settings, int MaxColors)
{
    /// <summary>The columns that are filled in beside the palette.</summary>
    public IReadOnlyList<CoverColumn> Columns { get; init; } = [];

    /// <summary>Whether a result is one that these settings can have.</summary>
    /// <param name="result">The result.</param>
    /// <param name="settings">The fingerprint of the settings it was made with; null from a worker of a version that does not report it.</param>
    public bool Fit(MovieResult result, string? settings) =>
        (settings is null || settings == Settings)
        && (result.Failure is not null || result.IsCurrent || (result.IsPalette(MaxColors, Columns) && result.Version is not null));
}
