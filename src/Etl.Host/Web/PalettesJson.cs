namespace Etl.Host.Web;

/// <summary>Palettes, the newest last; <c>last</c> is what to ask for as <c>after</c> next time.</summary>
internal sealed record PalettesJson(IReadOnlyList<FreshPaletteJson> Items, long Last)
{
    public static PalettesJson Of(FreshPalette[] palettes, long last) => new(
        [.. palettes.Select(static fresh => new FreshPaletteJson(fresh.Sequence, fresh.Id.ToString(), fresh.Palette, fresh.At))],
        last);
}
