namespace PaletteEtl.Palettes;

/// <summary>Keeps the palettes with the least bounds, which are likely to be the nearest.</summary>
/// <param name="count">Movies that are wanted.</param>
internal struct LeastBounds(int count) : ISketchVisitor
{
    private const int PerMovie = 8;

    private readonly PriorityQueue<(PaletteSegment Segment, int Index), float> _palettes = new(Comparer<float>.Create(static (x, y) => y.CompareTo(x)));
    private readonly int _capacity = PerMovie * count;

    public float Threshold { get; private set; } = float.PositiveInfinity;

    public void Visit(PaletteSegment segment, int index, float bound)
    {
        if (_palettes.Count < _capacity)
        {
            _palettes.Enqueue((segment, index), bound);
        }
        else
        {
            _palettes.EnqueueDequeue((segment, index), bound);
        }

        if (_palettes.Count == _capacity)
        {
            _palettes.TryPeek(out _, out float most);
            Threshold = MathF.BitDecrement(most);
        }
    }

    /// <summary>The distances of these palettes.</summary>
    public readonly IEnumerable<float> DistancesOf(Palette palette, string? except)
    {
        var distance = new PaletteDistance(palette);
        ulong own = PaletteRecords.HashOf(except);
        return
        [
            .. _palettes.UnorderedItems.Select(static item => item.Element)
                .Where(near => except is null || near.Segment.Records.IdHash(near.Index) != own)
                .Select(near => distance.To(near.Segment.Records.PaletteAt(near.Index))),
        ];
    }
}
