namespace PaletteEtl.Palettes;

/// <summary>Receives the palettes of a segment that may be near.</summary>
internal interface ISketchVisitor
{
    /// <summary>The highest bound of a palette that is visited, as <see cref="PaletteSketch.Threshold"/> gives it.</summary>
    float Threshold { get; }

    /// <summary>Visits a palette.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="index">The place of the palette in the segment.</param>
    /// <param name="bound">Its bound.</param>
    void Visit(PaletteSegment segment, int index, float bound);
}
