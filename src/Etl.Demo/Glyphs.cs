namespace Etl.Demo;

/// <summary>Capital letters as strokes, in units of which a capital is 14 high.</summary>
/// <remarks>Letters drawn from strokes look the same everywhere; a system may have no font at all.</remarks>
internal static class Glyphs
{
    public const float CapHeight = 14;

    /// <summary>The strokes of a letter as SVG path data, and its width; a space for what is no letter.</summary>
    public static (string Strokes, float Width) Of(char letter) => letter switch
    {
        'A' => ("M0 14 L5.5 0 L11 14 M2.2 9.4 H8.8", 11),
        'B' => ("M0 6.6 H4.6 A3.3 3.3 0 0 0 4.6 0 H0 V14 H5 A3.7 3.7 0 0 0 5 6.6", 8.7f),
        'C' => ("M11.5 1.6 A7 7 0 1 0 11.5 12.4", 11.5f),
        'D' => ("M0 0 V14 H3.5 A7 7 0 0 0 3.5 0 Z", 10.5f),
        'E' => ("M7.4 0 H0 V14 H7.4 M0 6.8 H6.2", 7.4f),
        'F' => ("M7.2 0 H0 V14 M0 6.8 H6", 7.2f),
        'G' => ("M11.5 1.6 A7 7 0 1 0 14 7.4 H8.6", 14),
        'H' => ("M0 0 V14 M9.4 0 V14 M0 6.8 H9.4", 9.4f),
        'I' => ("M0 0 V14", 0),
        'J' => ("M6 0 V10.8 A3.1 3.1 0 0 1 0 11", 6),
        'K' => ("M0 0 V14 M8.4 0 L0 8.4 M3.1 5.4 L8.8 14", 8.8f),
        'L' => ("M0 0 V14 H7", 7),
        'M' => ("M0 14 V0 L6.2 9 L12.4 0 V14", 12.4f),
        'N' => ("M0 14 V0 L9.8 14 V0", 9.8f),
        'O' => ("M7 0 A7 7 0 1 0 7 14 A7 7 0 1 0 7 0 Z", 14),
        'P' => ("M0 14 V0 H4.8 A3.9 3.9 0 0 1 4.8 7.8 H0", 8.7f),
        'Q' => ("M7 0 A7 7 0 1 0 7 14 A7 7 0 1 0 7 0 Z M9.4 9.4 L14 14.6", 14),
        'R' => ("M0 14 V0 H4.8 A3.8 3.8 0 0 1 4.8 7.6 H0 M4.2 7.6 L9 14", 9),
        'S' => ("M7.4 2.2 A3.6 3.4 0 1 0 4 6.8 A3.8 3.6 0 1 1 0.3 11.6", 7.8f),
        'T' => ("M0 0 H9.4 M4.7 0 V14", 9.4f),
        'U' => ("M0 0 V9.3 A4.7 4.7 0 0 0 9.4 9.3 V0", 9.4f),
        'V' => ("M0 0 L5.4 14 L10.8 0", 10.8f),
        'W' => ("M0 0 L4.2 14 L8.4 1.5 L12.6 14 L16.8 0", 16.8f),
        'X' => ("M0 0 L9.6 14 M9.6 0 L0 14", 9.6f),
        'Y' => ("M0 0 L5 7 V14 M10 0 L5 7", 10),
        'Z' => ("M0 0 H8.6 L0 14 H8.6", 8.6f),
        _ => ("", 4.5f),
    };
}
