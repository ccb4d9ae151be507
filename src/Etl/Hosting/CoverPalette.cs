using System.Diagnostics.CodeAnalysis;

namespace PaletteEtl.Hosting;

/// <summary>The outcome of one item of a stream: a palette, or a failure.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Item">The item.</param>
/// <param name="Extracted">The palette and the damage of the picture; null after a failure.</param>
/// <param name="Failure">The failure, with its stage (<c>fetch</c> or <c>decode</c>), reason and message; null when there is a palette.</param>
public sealed record CoverPalette<T>(T Item, ExtractedPalette? Extracted, Failure? Failure)
{
    /// <summary>Whether there is a palette, and no failure.</summary>
    [MemberNotNullWhen(true, nameof(Extracted))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool HasPalette => Extracted is not null;
}
