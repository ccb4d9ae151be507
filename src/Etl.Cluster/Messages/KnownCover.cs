using System.Globalization;
using System.Text.Json.Serialization;

namespace Etl.Cluster.Messages;

/// <summary>The cover that a palette was made from.</summary>
/// <param name="Version">Its version, where it is known.</param>
/// <param name="Content">The hash of its content, 32 hexadecimal digits, where it is known.</param>
internal sealed record KnownCover(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CoverVersion? Version = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content = null)
{
    /// <summary>The cover of a palette that is made again only if its cover has changed; null for others.</summary>
    public static KnownCover? Of(Provenance? made) =>
        made is { IsOutdated: false } ? new(made.Version, Format(made.Content)) : null;

    public static string? Format(UInt128? content) => content?.ToString("x32", CultureInfo.InvariantCulture);

    public static UInt128? Parse(string? content) =>
        UInt128.TryParse(content, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 hash) ? hash : null;

    public Provenance ToProvenance() => new(Version, Parse(Content), IsOutdated: false);
}
