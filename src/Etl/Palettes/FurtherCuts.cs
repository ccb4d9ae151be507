namespace PaletteEtl.Palettes;

/// <summary>Goes on with the median cut where the reference stops, for palettes that have too few colours.</summary>
internal static class FurtherCuts
{
    /// <summary>Cuts the boxes until the palette has enough colours or no box can be cut; each cut appends one colour.</summary>
    public static void Append(ref PaletteBuilder palette, int colorCount, ref BoxQueue boxes, ReadOnlySpan<int> counts)
    {
        while (palette.Count < colorCount && boxes.Count > 0)
        {
            ColorBox box = boxes.Pop();
            if (box.Count < 2)
            {
                continue;
            }

            BoxCutter.Cut(counts, box, out ColorBox first, out ColorBox second);
            if (second.Count > 0)
            {
                boxes.Push(first);
                boxes.Push(second);
                AppendPart(ref palette, first, second, counts);
            }
            else if (BoxCutter.Bound(counts, box) is { Volume: > 1 } bounded)
            {
                boxes.Push(bounded); // both ends of its widest side have pixels, and so have both parts
            }
        }
    }

    /// <summary>Appends the colour of the smaller part, which is farther from the box's own colour, or else of the other one.</summary>
    private static void AppendPart(ref PaletteBuilder palette, in ColorBox first, in ColorBox second, ReadOnlySpan<int> counts)
    {
        bool isFirst = first.Count < second.Count;
        if (!TryAppend(ref palette, BoxCutter.Average(counts, isFirst ? first : second)))
        {
            TryAppend(ref palette, BoxCutter.Average(counts, isFirst ? second : first));
        }
    }

    private static bool TryAppend(ref PaletteBuilder palette, Rgb color)
    {
        if (palette.Contains(color))
        {
            return false;
        }

        palette.Add(color);
        return true;
    }
}
