namespace PaletteEtl.Palettes;

/// <summary>Compares the palettes that may be near.</summary>
/// <param name="palette">The palette that is searched for.</param>
/// <param name="count">Maximum number of movies.</param>
/// <param name="except">The id as it reads of movies that are left out; null for none.</param>
/// <param name="limit">A distance within which there are as many movies.</param>
internal struct IndexSearch(Palette palette, int count, string? except, float limit) : ISketchVisitor
{
    private readonly PaletteDistance _distance = new(palette);
    private readonly NearestMovies _nearest = new(count);
    private readonly ulong _own = PaletteRecords.HashOf(except);
    private (PaletteRecords? Records, int Index) _last;
    private float _lastDistance;

    public readonly IReadOnlyList<SimilarMovie> Movies => _nearest.Movies;

    public float Threshold { get; private set; } = PaletteSketch.Threshold(limit);

    public void Visit(PaletteSegment segment, int index, float bound)
    {
        PaletteRecords records = segment.Records;
        float far = DistanceOf(records, index);
        if (far >= _nearest.Limit || (except is not null && records.IdHash(index) == _own && records.IdAt(index).Text == except))
        {
            return;
        }

        _nearest.Add(new SimilarMovie(records.IdAt(index), records.PaletteAt(index), far));
        Threshold = PaletteSketch.Threshold(MathF.Min(limit, _nearest.Limit));
    }

    /// <summary>The distance of a palette. Many movies may have the palette of one placeholder: it is compared once.</summary>
    private float DistanceOf(PaletteRecords records, int index)
    {
        if (_last.Records is null || !_last.Records.ContentAt(_last.Index).SequenceEqual(records.ContentAt(index)))
        {
            _last = (records, index);
            _lastDistance = _distance.To(records.PaletteAt(index), MathF.Min(limit, _nearest.Limit));
        }

        return _lastDistance;
    }
}
