using System.Text.Json.Serialization;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary>An element of what <c>etl palette --json</c> prints: source, palette, milliseconds and
/// damage, where there is any, or source, reason and message.</summary>
internal sealed record ImageJson(
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Palette? Palette,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Milliseconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Damage = null)
{
    public static ImageJson Of(ImageResult image) => image.Failure is { } failure
        ? new(image.Source, Palette: null, Milliseconds: null, failure.Reason.Name(), failure.Message)
        : new(image.Source, image.Palette, Math.Round(image.Elapsed.TotalMilliseconds, 3), Reason: null, Message: null, image.Damage);
}
