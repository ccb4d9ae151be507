namespace PaletteEtl.Palettes;

/// <summary>The palettes of a catalogue in memory. Does not change, so that any number of threads may search it.</summary>
/// <param name="segments">The palettes in the order of the rows.</param>
internal sealed class PaletteIndex(PaletteSegment[] segments)
{
    public IReadOnlyList<PaletteSegment> Segments => segments;

    /// <summary>Number of palettes.</summary>
    public int Count => segments.Sum(static segment => segment.Records.Count);

    /// <summary>Bytes of memory.</summary>
    public long Bytes => segments.Sum(static segment => segment.Bytes);

    /// <summary>The first movie with an id; null if none of that id has a palette.</summary>
    /// <param name="id">The id as it reads.</param>
    public (MovieId Id, Palette Palette)? Find(string id)
    {
        foreach (PaletteSegment segment in segments)
        {
            if (segment.Records.Find(id, from: 0) is >= 0 and var at)
            {
                return (segment.Records.IdAt(at), segment.Records.PaletteAt(at));
            }
        }

        return null;
    }

    /// <summary>The movies with the nearest palettes, the nearest first; of those as near, the first in the order of the rows.</summary>
    /// <param name="palette">The palette that they are compared with.</param>
    /// <param name="count">Maximum number of movies.</param>
    /// <param name="except">The id as it reads of movies that are left out; null for none.</param>
    public IReadOnlyList<SimilarMovie> Nearest(in Palette palette, int count, string? except = null)
    {
        Span<short> sketch = stackalloc short[PaletteSketch.Length];
        var weighted = new WeightedPalette();
        weighted.Set(palette);
        PaletteSketch.Set(weighted, sketch);

        var distance = new PaletteDistance(palette);
        var first = new LeastBounds(count);
        Visit(sketch, ref first);
        var search = new IndexSearch(distance, count, except, first.LimitOf(distance, except));
        Visit(sketch, ref search);
        return search.Movies;
    }

    private void Visit<TVisitor>(ReadOnlySpan<short> sketch, ref TVisitor visitor)
        where TVisitor : struct, ISketchVisitor
    {
        foreach (PaletteSegment segment in segments)
        {
            segment.Visit(sketch, ref visitor);
        }
    }
}
