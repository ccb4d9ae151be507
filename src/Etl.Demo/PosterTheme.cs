using SkiaSharp;

namespace Etl.Demo;

/// <summary>The five colours a poster is made of, from dark to light, with one that stands out.</summary>
internal readonly record struct PosterTheme(SKColor Night, SKColor Deep, SKColor Middle, SKColor Accent, SKColor Light)
{
    private static readonly PosterTheme[] Themes =
    [
        Of(0x1B1430, 0x4A2545, 0xA8414F, 0xF2855E, 0xFCDDB0), // dusk
        Of(0x0B1D26, 0x15434C, 0x2F8383, 0xF2A541, 0xF7E9C8), // teal and amber
        Of(0x0D0D10, 0x2A2A31, 0x6A6A72, 0xC8102E, 0xEDE6DA), // film noir
        Of(0x06142B, 0x0F3460, 0x2C7DA0, 0xF4D35E, 0xE8F1F2), // ocean
        Of(0x0F1A14, 0x24402E, 0x4F7B53, 0xD9A441, 0xF1EBD3), // forest
        Of(0x160A2C, 0x3B1566, 0x8B2FC9, 0xFF3D81, 0xFFD9EC), // neon
        Of(0x2B1A12, 0x6E3B23, 0xC4713B, 0xF0B15A, 0xFBE8C6), // desert
        Of(0x101C2C, 0x2D4A66, 0x7FA6C4, 0xE4572E, 0xF0F3F4), // ice
        Of(0x1E2A2A, 0x2F5D5A, 0x7FC2A8, 0xFF8C69, 0xFFF1DC), // mint and peach
        Of(0x251A10, 0x5C4419, 0xA87B26, 0xD9531E, 0xF3E2B3), // seventies
        Of(0x1A070C, 0x4D0F1E, 0x8C1C36, 0xD4A24C, 0xF6E7CE), // bordeaux and gold
        Of(0x04090F, 0x0C2A3A, 0x14647A, 0x3EE0D0, 0xD9FFF8), // cyan night
        Of(0x1F1A33, 0x4B4376, 0x9387C8, 0xF6C667, 0xF2ECFA), // lavender
        Of(0x1C1C24, 0x3D405B, 0xE07A5F, 0xF2CC8F, 0xF4F1DE), // terracotta
        Of(0x0E1440, 0x1D3FBB, 0x4F86F7, 0xFF4F4F, 0xFFF4D6), // pop
        Of(0x1B1F14, 0x47502F, 0x8E9A5B, 0xD98594, 0xF6EBE4), // moss and rose
        Of(0x17120E, 0x3F3228, 0x7D6552, 0xC9A67A, 0xEFE3CF), // sepia
        Of(0x03140F, 0x0A4A38, 0x1C8F6B, 0xF5C518, 0xEDF7E6), // emerald
    ];

    /// <summary>One of the themes, its hues turned a little, so that no two posters have quite the same colours.</summary>
    public static PosterTheme Pick(Random random)
    {
        PosterTheme theme = Themes[random.Next(Themes.Length)];
        float turn = random.Next(-14, 15);
        return new(
            Turned(theme.Night, turn),
            Turned(theme.Deep, turn),
            Turned(theme.Middle, turn),
            Turned(theme.Accent, turn),
            Turned(theme.Light, turn));
    }

    /// <summary>The colour a share of the way from one to the other.</summary>
    public static SKColor Mix(SKColor from, SKColor to, float share) => new(
        Between(from.Red, to.Red, share),
        Between(from.Green, to.Green, share),
        Between(from.Blue, to.Blue, share),
        Between(from.Alpha, to.Alpha, share));

    private static byte Between(byte from, byte to, float share) => (byte)float.Round(float.Lerp(from, to, share));

    private static SKColor Turned(SKColor color, float degrees)
    {
        color.ToHsl(out float hue, out float saturation, out float lightness);
        return SKColor.FromHsl((hue + degrees + 360) % 360, saturation, lightness);
    }

    private static PosterTheme Of(uint night, uint deep, uint middle, uint accent, uint light) =>
        new(Opaque(night), Opaque(deep), Opaque(middle), Opaque(accent), Opaque(light));

    private static SKColor Opaque(uint rgb) => new(0xFF000000 | rgb);
}
