using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PaletteEtl.Palettes;

/// <summary>A few colours that stand for a picture, the most prominent first. A value: equal when its colours are.</summary>
/// <remarks>The colours and their shares lie inside the value, so that a palette costs no allocation.</remarks>
public struct Palette : IEquatable<Palette>
{
    /// <summary>Colours a palette can hold: 20.</summary>
    public const int MaxColors = 20;

    private const double Whole = 10_000;

    /// <summary>Characters of the longest JSON: each colour with what parts it from the last, and two brackets.</summary>
    private const int MaxJson = (MaxColors * 17) + 2;

    private Colors _colors;
    private Shares _shares;
    private int _count;

    /// <summary>A palette of the given colours.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxColors"/> colours.</exception>
    public Palette(params ReadOnlySpan<Rgb> colors)
    {
        if (colors.Length > MaxColors)
        {
            throw new ArgumentException($"A palette holds {MaxColors} colours at most, not {colors.Length}.", nameof(colors));
        }

        colors.CopyTo(_colors);
        _count = colors.Length;
    }

    /// <summary>Colours in the palette, 0 to <see cref="MaxColors"/>.</summary>
    public readonly int Count => _count;

    /// <summary>The colour at a place, 0 being the most prominent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place is not below <see cref="Count"/>.</exception>
    public readonly Rgb this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            return _colors[index];
        }
    }

    /// <summary>Whether it is known what share of the pixels each colour stands for.</summary>
    public readonly bool HasPopulation => _shares[0] > 0;

    /// <summary>The share of the picture's pixels, from 0 to 1, that the colour at a place stands for, to four decimals; 0
    /// when it is not known, or the colour is a repetition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place is not below <see cref="Count"/>.</exception>
    public readonly double Population(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
        return _shares[index] / Whole;
    }

    /// <summary>The colours in order, as an array of their own.</summary>
    public readonly Rgb[] ToArray()
    {
        var colors = new Rgb[_count];
        ((ReadOnlySpan<Rgb>)_colors)[.._count].CopyTo(colors);
        return colors;
    }

    /// <summary>The palette as Python's <c>json.dumps</c> writes a list of tuples: <c>[[124, 198, 203], [214, 191, 131]]</c>.</summary>
    public readonly string ToJson()
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[MaxJson]);
        text.AppendLiteral("[");
        for (int i = 0; i < _count; i++)
        {
            Rgb color = _colors[i];
            text.AppendLiteral(i == 0 ? "[" : ", [");
            text.AppendFormatted(color.R);
            text.AppendLiteral(", ");
            text.AppendFormatted(color.G);
            text.AppendLiteral(", ");
            text.AppendFormatted(color.B);
            text.AppendLiteral("]");
        }

        text.AppendLiteral("]");
        return text.ToStringAndClear();
    }

    /// <summary>The shares of <see cref="Population"/> as JSON: <c>[0.4122, 0.207]</c>.</summary>
    public readonly string PopulationToJson()
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < _count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{Population(i):0.####}");
        }

        return text.Append(']').ToString();
    }

    /// <inheritdoc cref="ToJson"/>
    public override readonly string ToString() => ToJson();

    /// <inheritdoc/>
    public readonly bool Equals(Palette other) =>
        ((ReadOnlySpan<Rgb>)_colors)[.._count].SequenceEqual(((ReadOnlySpan<Rgb>)other._colors)[..other._count]);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Palette other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        for (int i = 0; i < _count; i++)
        {
            hash.Add(_colors[i]);
        }

        return hash.ToHashCode();
    }

    /// <summary>Whether two palettes have the same colours in the same order.</summary>
    public static bool operator ==(Palette left, Palette right) => left.Equals(right);

    /// <summary>Whether two palettes differ in a colour or in their order.</summary>
    public static bool operator !=(Palette left, Palette right) => !left.Equals(right);

    /// <summary>Adds a colour at the end, and its share of the pixels if that is known; the palette must have room.</summary>
    internal void Add(Rgb color, double share = 0)
    {
        _shares[_count] = (ushort)Math.Round(share * Whole);
        _colors[_count++] = color;
    }

    [InlineArray(MaxColors)]
    private struct Colors
    {
        private Rgb _first;
    }

    [InlineArray(MaxColors)]
    private struct Shares
    {
        private ushort _first;
    }
}
