using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>A palette of a damaged cover as <c>etl dead-letters --damaged</c> lists it: a line of text, or an object of JSON named as the
/// table's columns.</summary>
internal sealed class DamagedRow(StoredDamage damage)
{
    public static string Titles { get; } = Line("id", "written at", "message");

    public object? MovieId => CommandJson.IdOf(damage.MovieId);

    public string Message => damage.Message;

    public string At => damage.At;

    public long? CoverSize => damage.CoverSize;

    public string? CoverMtime => damage.CoverMtime;

    public string? CoverEtag => damage.CoverEtag;

    public override string ToString() => Line(damage.MovieId.ToString(), Printable.ToSeconds(At), Message);

    private static string Line(string id, string at, string message) => $"{id,-12}  {at,-20}  {message}";
}
