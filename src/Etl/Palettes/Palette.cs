using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;

namespace PaletteEtl.Palettes;

/// <summary>A few colours that stand for a picture, the most prominent first. A value: equal when its colours are.</summary>
/// <remarks>The colours and their shares lie inside the value, so that a palette costs no allocation, and neither does
/// <c>foreach</c> over it.</remarks>
[JsonConverter(typeof(PaletteJsonConverter))]
[SuppressMessage("Naming", "CA1710", Justification = "A palette is a collection of colours by its name.")]
public readonly struct Palette : IEquatable<Palette>, IReadOnlyList<Rgb>
{
    /// <summary>Colours a palette can hold: 20.</summary>
    public const int MaxColors = 20;

    /// <summary>The unit of <see cref="Shares"/>: ten thousandths.</summary>
    internal const double Whole = 10_000;

    /// <summary>Characters of the longest JSON: each colour with what parts it from the last, and two brackets.</summary>
    private const int MaxJson = (MaxColors * 17) + 2;

    private readonly Colors _colors;
    private readonly Shares _shares;
    private readonly int _count;

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

    /// <summary>A palette of the given colours, and the share of the pixels that each stands for.</summary>
    /// <param name="colors">The colours, the most prominent first.</param>
    /// <param name="population">As many shares from 0 to 1, kept to four decimals.</param>
    /// <exception cref="ArgumentException">More than <see cref="MaxColors"/> colours, or another number of shares.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is not between 0 and 1.</exception>
    public Palette(ReadOnlySpan<Rgb> colors, ReadOnlySpan<double> population)
        : this(colors)
    {
        if (population.Length != colors.Length)
        {
            throw new ArgumentException($"There are {population.Length} shares for {colors.Length} colours.", nameof(population));
        }

        for (int i = 0; i < population.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(population[i], nameof(population));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(population[i], 1, nameof(population));
            _shares[i] = (ushort)Math.Round(population[i] * Whole);
        }
    }

    internal Palette(in Colors colors, in Shares shares, int count) => (_colors, _shares, _count) = (colors, shares, count);

    /// <summary>Colours in the palette, 0 to <see cref="MaxColors"/>.</summary>
    public int Count => _count;

    /// <summary>The colour at a place, 0 being the most prominent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place is not below <see cref="Count"/>.</exception>
    public Rgb this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            return _colors[index];
        }
    }

    /// <summary>Whether it is known what share of the pixels each colour stands for.</summary>
    public bool HasPopulation => _shares[0] > 0;

    /// <summary>The share of the picture's pixels, from 0 to 1, that the colour at a place stands for, to four decimals; 0
    /// when it is not known, or the colour is a repetition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place is not below <see cref="Count"/>.</exception>
    public double Population(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
        return _shares[index] / Whole;
    }

    /// <summary>The share of the colour at a place in ten thousandths.</summary>
    internal int Share(int index) => _shares[index];

    /// <summary>The same colours with other shares, which are ten thousandths.</summary>
    internal Palette WithShares(ReadOnlySpan<ushort> shares)
    {
        var own = default(Shares);
        shares.CopyTo(own);
        return new(_colors, own, _count);
    }

    /// <summary>The colours in order, as an array of their own.</summary>
    public Rgb[] ToArray()
    {
        var colors = new Rgb[_count];
        ((ReadOnlySpan<Rgb>)_colors)[.._count].CopyTo(colors);
        return colors;
    }

    /// <summary>Reads a palette as <see cref="ToJson"/> or any other program writes it: a JSON list of 1 to <see cref="MaxColors"/> lists of
    /// three whole numbers from 0 to 255.</summary>
    /// <exception cref="FormatException">The text is not such a list.</exception>
    public static Palette Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return TryParse(json, out Palette palette)
            ? palette
            : throw new FormatException($"A palette is a list of 1 to {MaxColors} colours of three numbers from 0 to 255.");
    }

    /// <summary>Reads a palette as <see cref="Parse"/> does; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? json, out Palette palette) =>
        PaletteJson.TryRead(Encoding.UTF8.GetBytes(json ?? ""), out palette);

    /// <summary>The palette as Python's <c>json.dumps</c> writes a list of tuples: <c>[[124, 198, 203], [214, 191, 131]]</c>.</summary>
    public string ToJson()
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
    public string PopulationToJson()
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < _count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{Population(i):0.####}");
        }

        return text.Append(']').ToString();
    }

    /// <summary>Enumerates the colours, the most prominent first.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<Rgb> IEnumerable<Rgb>.GetEnumerator() => ((IEnumerable<Rgb>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ToArray().GetEnumerator();

    /// <inheritdoc cref="ToJson"/>
    public override string ToString() => ToJson();

    /// <inheritdoc/>
    public bool Equals(Palette other) =>
        ((ReadOnlySpan<Rgb>)_colors)[.._count].SequenceEqual(((ReadOnlySpan<Rgb>)other._colors)[..other._count]);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Palette other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
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

    /// <summary>Enumerates the colours of a palette.</summary>
    public struct Enumerator
    {
        private readonly Palette _palette;
        private int _index;

        internal Enumerator(in Palette palette) => (_palette, _index) = (palette, -1);

        /// <summary>The colour at hand.</summary>
        public readonly Rgb Current => _palette[_index];

        /// <summary>Moves on to the next colour; false when there is none.</summary>
        public bool MoveNext() => ++_index < _palette.Count;
    }

    [InlineArray(MaxColors)]
    internal struct Colors
    {
        private Rgb _first;
    }

    [InlineArray(MaxColors)]
    internal struct Shares
    {
        private ushort _first;
    }
}
