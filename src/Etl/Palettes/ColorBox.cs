namespace PaletteEtl.Palettes;

/// <summary>A box of histogram bins, bounds inclusive, and the pixels inside it.</summary>
internal struct ColorBox(int redLow, int redHigh, int greenLow, int greenHigh, int blueLow, int blueHigh)
{
    public int RedLow = redLow, RedHigh = redHigh;
    public int GreenLow = greenLow, GreenHigh = greenHigh;
    public int BlueLow = blueLow, BlueHigh = blueHigh;
    public long Count;

    public readonly int Reds => RedHigh - RedLow + 1;

    public readonly int Greens => GreenHigh - GreenLow + 1;

    public readonly int Blues => BlueHigh - BlueLow + 1;

    /// <summary>Bins in the box; 0 when a cut left none, its lower bound one above the upper.</summary>
    public readonly long Volume => (long)Reds * Greens * Blues;
}
