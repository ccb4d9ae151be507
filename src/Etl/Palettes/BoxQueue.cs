namespace PaletteEtl.Palettes;

/// <summary>The reference's queue of boxes: a list that is sorted, stably and by rising key, when a box is taken. Ties
/// therefore come out in an order that depends on that of insertion.</summary>
internal ref struct BoxQueue(Span<ColorBox> boxes, bool byVolume)
{
    private readonly Span<ColorBox> _boxes = boxes;
    private readonly bool _byVolume = byVolume;

    public int Count { get; private set; }

    /// <summary>Boxes a queue must have room for. The reference's phases leave at most one box more than colours, or three;
    /// further cuts add at most one for each colour, and one for each colour that the palette has already.</summary>
    public static int Capacity(int colorCount) => (3 * colorCount) + 2;

    public void Push(ColorBox box) => _boxes[Count++] = box;

    /// <summary>The box that is popped after so many others.</summary>
    public readonly ColorBox Peek(int place)
    {
        Sort();
        return _boxes[Count - 1 - place];
    }

    public ColorBox Pop()
    {
        Sort();
        return _boxes[--Count];
    }

    /// <summary>Insertion sort: stable, and quick on the few boxes there are, most of them in order already.</summary>
    private readonly void Sort()
    {
        for (int i = 1; i < Count; i++)
        {
            ColorBox box = _boxes[i];
            long key = Key(box);
            int place = i;
            for (; place > 0 && Key(_boxes[place - 1]) > key; place--)
            {
                _boxes[place] = _boxes[place - 1];
            }

            _boxes[place] = box;
        }
    }

    private readonly long Key(in ColorBox box) => _byVolume ? box.Count * box.Volume : box.Count;
}
