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
        var weighted = new WeightedPalette();
        weighted.Set(palette);
        short[] sketch = new short[PaletteSketch.Length];
        PaletteSketch.Set(weighted, sketch);

        Palette searched = palette;
        float limit = InRanges(range => Visited(range, sketch, new LeastBounds(count)).DistancesOf(searched, except))
            .Order().Skip(count - 1).FirstOrDefault(float.PositiveInfinity);
        return
        [
            .. InRanges(range => Visited(range, sketch, new IndexSearch(searched, count, except, limit)).Movies)
                .OrderBy(static movie => movie.Distance).Take(count),
        ];
    }

    private static TVisitor Visited<TVisitor>(ReadOnlySpan<PaletteSegment> range, short[] sketch, TVisitor visitor)
        where TVisitor : struct, ISketchVisitor
    {
        foreach (PaletteSegment segment in range)
        {
            segment.Visit(sketch, ref visitor);
        }

        return visitor;
    }

    /// <summary>Searches as many ranges of segments at once as there are cores. Results come in the order of the ranges, so that those at
    /// equal distances stay in the order of the rows.</summary>
    private IEnumerable<T> InRanges<T>(RangeSearch<T> search)
    {
        int ranges = Math.Clamp(segments.Length, 1, Environment.ProcessorCount);
        var results = new IEnumerable<T>[ranges];
        Parallel.For(0, ranges, i =>
            results[i] = search(segments.AsSpan((segments.Length * i / ranges)..(segments.Length * (i + 1) / ranges))));
        return results.SelectMany(static result => result);
    }

    private delegate IEnumerable<T> RangeSearch<T>(ReadOnlySpan<PaletteSegment> range);
}
