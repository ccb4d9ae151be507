using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class PaletteDistanceTests
{
    private static readonly Rgb Black = new(0, 0, 0);
    private static readonly Rgb White = new(255, 255, 255);
    private static readonly Rgb Red = new(255, 0, 0);
    private static readonly int[][] SixUnits = [[6], [3, 3], [4, 2], [5, 1], [2, 2, 2], [3, 2, 1], [4, 1, 1], [1, 2, 3]];

    [Fact]
    public void To_PalettesOfSixUnits_IsTheLeastOverEveryWayToPairThem() =>
        Gen.Select(Units(), Units()).Sample(
            (one, other) => Assert.Equal(
                ReferenceDistance.Of(Expand(one), Expand(other)), Distance(SharedPalettes.Of(one.Colors, one.Parts), SharedPalettes.Of(other.Colors, other.Parts)), 0.02),
            iter: 200);

    [Fact]
    public void To_AnyPalettes_IsTheSameBothWaysAndWithinItsLimits() =>
        Gen.Select(SharedPalettes.Any, SharedPalettes.Any).Sample((one, other) =>
        {
            float distance = Distance(one, other);

            Assert.Equal(Distance(other, one), distance, 0.001f);
            Assert.InRange(distance, 0, 150);
        });

    [Fact]
    public void To_AnyPaletteItself_IsZero() => SharedPalettes.Any.Sample(palette => Assert.Equal(0, Distance(palette, palette)));

    [Fact]
    public void To_SameColoursAndSharesInAnotherOrder_IsZero() =>
        SharedPalettes.Any.Where(static palette => palette.HasPopulation && palette.Population(palette.Count - 1) > 0).Sample(palette =>
        {
            int[] order = [.. Enumerable.Range(0, palette.Count).Reverse()];
            var reversed = new Palette(
                (Rgb[])[.. order.Select(i => palette[i])], (double[])[.. order.Select(palette.Population)]);

            Assert.Equal(0, Distance(palette, reversed));
        });

    [Fact]
    public void To_AnyThreePalettes_IsNoLongerThanADetour() =>
        Gen.Select(SharedPalettes.Any, SharedPalettes.Any, SharedPalettes.Any).Sample((one, other, between) =>
            Assert.True(Distance(one, other) <= Distance(one, between) + Distance(between, other) + 0.001f));

    [Fact]
    public void To_LimitOfItsOwnDistance_IsNotAboveIt() =>
        Gen.Select(SharedPalettes.Any, SharedPalettes.Any).Sample((one, other) =>
        {
            var distance = new PaletteDistance(one);
            float exact = distance.To(other);

            Assert.Equal(exact, distance.To(other, limit: exact));
            Assert.True(distance.To(other, exact / 2) >= exact);
        });

    [Fact]
    public void To_AfterLargerPalettes_DoesNotRememberThem() =>
        Gen.Select(SharedPalettes.Any, SharedPalettes.Any, SharedPalettes.Any).Sample((one, other, between) =>
        {
            var distance = new PaletteDistance(one);
            float before = distance.To(other);
            distance.To(between);

            Assert.Equal(before, distance.To(other));
        });

    [Fact]
    public void To_SameColoursInOtherProportions_IsFar()
    {
        Rgb[] colors = [Black, White, Red, new(128, 128, 128), new(64, 64, 64), new(192, 192, 192)];
        Palette black = SharedPalettes.Of(colors, 75, 5, 5, 5, 5, 5), white = SharedPalettes.Of(colors, 5, 75, 5, 5, 5, 5),
            red = SharedPalettes.Of(colors, 5, 5, 75, 5, 5, 5);

        Assert.Equal(70, Distance(black, white), 0.1f);
        Assert.Equal(0.7 * ReferenceDistance.Of(Black, Red), Distance(black, red), 0.1);
        Assert.Equal(0.7 * ReferenceDistance.Of(White, Red), Distance(white, red), 0.1);
    }

    [Fact]
    public void To_PalettesWithoutShares_AreWeighedByPlace()
    {
        Rgb[] colors = [Black, White, Red];

        Assert.Equal(0, Distance(new Palette(colors), SharedPalettes.Of(colors, 10_000, 7_071, 5_773)), 0.02f);
        Assert.Equal(100 * 2_929f / 22_844, Distance(new Palette(colors), new Palette(White, Black, Red)), 0.02f);
    }

    [Fact]
    public void To_RepeatedColour_CountsAsOne() =>
        Assert.Equal(0, Distance(new Palette((Rgb[])[Black, White, Black], [0.5, 0.25, 0.25]), new Palette((Rgb[])[Black, White], [0.75, 0.25])));

    [Fact]
    public void To_WhiteFromBlack_IsAHundred() => Assert.Equal(100, Distance(new Palette(Black), new Palette(White)), 0.001f);

    [Fact]
    public void To_EveryColourOfOneChannelAndGreys_IsOttossonsDistance()
    {
        for (int value = 0; value < 256; value++)
        {
            byte v = (byte)value;
            foreach (Rgb color in new Rgb[] { new(v, 0, 0), new(0, v, 0), new(0, 0, v), new(v, v, v) })
            {
                Assert.Equal(ReferenceDistance.Of(Red, color), Distance(new Palette(Red), new Palette(color)), 0.001);
            }
        }
    }

    private static float Distance(Palette one, Palette other) => new PaletteDistance(one).To(other);

    /// <summary>Up to three colours that share six units.</summary>
    private static Gen<(Rgb[] Colors, int[] Parts)> Units() =>
        Gen.Select(
            SharedPalettes.AnyColor.Array[3],
            Gen.Int[0, SixUnits.Length - 1],
            static (colors, choice) => (colors[..SixUnits[choice].Length], SixUnits[choice]));

    private static Rgb[] Expand((Rgb[] Colors, int[] Parts) palette) =>
        [.. palette.Colors.Zip(palette.Parts, static (color, part) => Enumerable.Repeat(color, part)).SelectMany(static same => same)];
}
