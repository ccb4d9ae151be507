using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace PaletteEtl.Palettes;

/// <summary>Makes an index of palettes, which come in the order of the rows. Segments of an earlier index with the same content are used
/// again.</summary>
/// <remarks>A segment ends after a row that has a hash with so many zeros, and not after a number of rows: a row that is inserted,
/// deleted or changed does not change the segments of others. The hash is the same in every process.</remarks>
internal sealed class PaletteIndexBuilder(PaletteIndex? earlier = null)
{
    private const int EndMask = 0xFFF;
    private const int MaxRows = 8 * EndMask;

    private readonly Dictionary<UInt128, PaletteSegment> _known =
        (earlier?.Segments ?? []).DistinctBy(static segment => segment.Hash).ToDictionary(static segment => segment.Hash);

    private readonly List<PaletteSegment> _segments = [];
    private readonly List<byte> _records = [];
    private readonly List<int> _ends = [];
    private readonly List<ulong> _ids = [];
    private readonly WeightedPalette _palette = new();

    public void Add(RowKey key, in MovieId id, in Palette palette)
    {
        int start = _records.Count;
        PaletteRecords.Write(_records, id, palette);
        ulong hash = XxHash3.HashToUInt64(CollectionsMarshal.AsSpan(_records)[start..], key.Number);
        _ends.Add(_records.Count);
        _ids.Add(PaletteRecords.HashOf(id.Text));
        if ((hash & EndMask) == 0 || _ends.Count == MaxRows)
        {
            EndSegment();
        }
    }

    public PaletteIndex ToIndex()
    {
        if (_ends.Count > 0)
        {
            EndSegment();
        }

        return new PaletteIndex([.. _segments]);
    }

    private void EndSegment()
    {
        UInt128 hash = Hash();
        if (!_known.TryGetValue(hash, out PaletteSegment? segment))
        {
            var records = new PaletteRecords([.. _records], [.. _ends], [.. _ids]);
            segment = new PaletteSegment(hash, records, SketchesOf(records));
        }

        _segments.Add(segment);
        _records.Clear();
        _ends.Clear();
        _ids.Clear();
    }

    /// <summary>The hash of the records and of their ends: the same bytes may be other records.</summary>
    private UInt128 Hash()
    {
        var hash = new XxHash128();
        hash.Append(CollectionsMarshal.AsSpan(_records));
        hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_ends)));
        return hash.GetCurrentHashAsUInt128();
    }

    private short[] SketchesOf(PaletteRecords records)
    {
        int room = PaletteSegment.RoomFor(records.Count);
        short[] sketches = new short[PaletteSketch.Length * room];
        Span<short> sketch = stackalloc short[PaletteSketch.Length];
        for (int i = 0; i < records.Count; i++)
        {
            _palette.Set(records.PaletteAt(i));
            PaletteSketch.Set(_palette, sketch);
            for (int j = 0; j < sketch.Length; j++)
            {
                sketches[(j * room) + i] = sketch[j];
            }
        }

        return sketches;
    }
}
