using System.Runtime.CompilerServices;

namespace PaletteEtl.Palettes;

/// <summary>Collects the colours of a palette without an allocation.</summary>
internal struct PaletteBuilder
{
    private Palette.Colors _colors;
    private Palette.Shares _shares;

    /// <summary>Colours added so far.</summary>
    public int Count { get; private set; }

    /// <summary>The colour at a place.</summary>
    public readonly Rgb this[int index] => _colors[index];

    /// <summary>Whether a colour is among those added so far.</summary>
    public readonly bool Contains(Rgb color)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_colors[i] == color)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a colour at the end, and its share of the pixels, 0 to 1, if that is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Rgb color, double share = 0)
    {
        _shares[Count] = (ushort)Math.Round(share * Palette.Whole);
        _colors[Count++] = color;
    }

    public readonly Palette ToPalette() => new(_colors, _shares, Count);
}
