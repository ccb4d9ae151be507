namespace Etl.Tests.Support;

/// <summary>A box of the reference at its end: its colour, and the pixels in it. An empty box has an invented colour,
/// whose channels go up to 256.</summary>
internal readonly record struct ReferenceBox(int R, int G, int B, long Count);

/// <summary>The median cut of colorthief 0.2.1, written down step by step and without regard to speed.</summary>
internal static class ReferenceMedianCut
{
    /// <summary>The boxes in the order of the palette.</summary>
    /// <param name="counts">Pixels by bin, 5 bits a channel; none of them zero, and at least one.</param>
    /// <param name="colors">Colours asked for.</param>
    public static IReadOnlyList<ReferenceBox> Boxes(IReadOnlyDictionary<(int R, int G, int B), long> counts, int colors)
    {
        var byCount = new Queue(static box => box.Count);
        byCount.Push(new Box(
            counts,
            [counts.Keys.Min(bin => bin.R), counts.Keys.Min(bin => bin.G), counts.Keys.Min(bin => bin.B)],
            [counts.Keys.Max(bin => bin.R), counts.Keys.Max(bin => bin.G), counts.Keys.Max(bin => bin.B)]));
        Split(byCount, 0.75 * colors);

        var byVolume = new Queue(static box => box.Count * box.Volume);
        while (byCount.Size > 0)
        {
            byVolume.Push(byCount.Pop());
        }

        Split(byVolume, colors - byVolume.Size);

        var boxes = new List<ReferenceBox>();
        while (byVolume.Size > 0)
        {
            boxes.Add(byVolume.Pop().Color());
        }

        return boxes;
    }

    private static void Split(Queue queue, double target)
    {
        int n = 1;
        for (int times = 0; times < 1_000; times++)
        {
            Box box = queue.Pop();
            if (box.Count == 0)
            {
                queue.Push(box);
                continue;
            }

            (Box first, Box? second) = box.Cut();
            queue.Push(first);
            if (second is not null)
            {
                queue.Push(second);
                n++;
            }

            if (n >= target)
            {
                return;
            }
        }
    }

    private sealed class Queue(Func<Box, long> key)
    {
        private List<Box> _boxes = [];
        private bool _sorted;

        public int Size => _boxes.Count;

        public void Push(Box box)
        {
            _boxes.Add(box);
            _sorted = false;
        }

        public Box Pop()
        {
            if (!_sorted)
            {
                _boxes = [.. _boxes.OrderBy(key)]; // stable
                _sorted = true;
            }

            Box last = _boxes[^1];
            _boxes.RemoveAt(_boxes.Count - 1);
            return last;
        }
    }

    private sealed class Box
    {
        private readonly KeyValuePair<(int R, int G, int B), long>[] _bins;
        private readonly int[] _low;
        private readonly int[] _high;

        public Box(IEnumerable<KeyValuePair<(int R, int G, int B), long>> bins, int[] low, int[] high)
        {
            (_low, _high) = (low, high);
            _bins = [.. bins.Where(pair => Enumerable.Range(0, 3).All(
                side => Channel(pair.Key, side) >= low[side] && Channel(pair.Key, side) <= high[side]))];
            Count = _bins.Sum(pair => pair.Value);
            Volume = Enumerable.Range(0, 3).Any(side => high[side] < low[side])
                ? 0
                : Enumerable.Range(0, 3).Aggregate(1L, (volume, side) => volume * (high[side] - low[side] + 1));
        }

        public long Count { get; }

        public long Volume { get; }

        public (Box First, Box? Second) Cut()
        {
            if (Count == 1)
            {
                return (this, null);
            }

            int[] widths = [.. Enumerable.Range(0, 3).Select(side => _high[side] - _low[side] + 1)];
            int side = Array.IndexOf(widths, widths.Max()); // red before green before blue
            (int d1, int d2) = (_low[side], _high[side]);
            var p = new Dictionary<int, long>();
            var q = new Dictionary<int, long>();
            for (int i = d1; i <= d2; i++)
            {
                p[i] = p.GetValueOrDefault(i - 1) + _bins.Where(pair => Channel(pair.Key, side) == i).Sum(pair => pair.Value);
                q[i] = Count - p[i];
            }

            int middle = Enumerable.Range(d1, d2 - d1 + 1).First(i => p[i] > Count / 2.0);
            int left = middle - d1, right = d2 - middle;
            int c = left <= right
                ? Math.Min(d2 - 1, (int)(middle + (right / 2.0)))
                : Math.Max(d1, (int)(middle - 1 - (left / 2.0)));
            while (p.GetValueOrDefault(c) == 0)
            {
                c++;
            }

            while (q.GetValueOrDefault(c) == 0 && p.GetValueOrDefault(c - 1) != 0)
            {
                c--;
            }

            return (new Box(_bins, _low, With(_high, side, c)), new Box(_bins, With(_low, side, c + 1), _high));
        }

        public ReferenceBox Color()
        {
            int[] channels = [.. Enumerable.Range(0, 3).Select(side => Count == 0
                ? (int)(8 * (_low[side] + _high[side] + 1) / 2.0)
                : (int)(_bins.Sum(pair => pair.Value * (Channel(pair.Key, side) + 0.5) * 8) / Count))];
            return new ReferenceBox(channels[0], channels[1], channels[2], Count);
        }

        private static int Channel((int R, int G, int B) bin, int side) => side == 0 ? bin.R : side == 1 ? bin.G : bin.B;

        private static int[] With(int[] bounds, int side, int bound)
        {
            int[] copy = [.. bounds];
            copy[side] = bound;
            return copy;
        }
    }
}
