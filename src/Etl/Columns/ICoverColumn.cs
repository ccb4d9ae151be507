using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Computes the values of one column: CPU work, which is synchronous. Used concurrently.</summary>
internal interface ICoverColumn
{
    /// <summary>The algorithm, its version and its settings, such as <c>thumbhash/1</c>. A change of the part behind the slash makes stored
    /// values stale.</summary>
    string Fingerprint { get; }

    /// <summary>The values in the plural, for messages.</summary>
    string Kind { get; }

    /// <summary>The data that decoding must yield besides that of the quantizer.</summary>
    Needs Needs => new(Counts: false, Sums: false, MayBeScaled: true);

    /// <summary>The value of a cover: a <see cref="string"/> that is not empty, or a <see cref="long"/>. A value that is missing would be
    /// computed in each run.</summary>
    object ValueOf(CoverFacts cover);

    /// <summary>Whether a stored value may be one of this column, and not that of another program.</summary>
    bool IsValue(object stored);
}
