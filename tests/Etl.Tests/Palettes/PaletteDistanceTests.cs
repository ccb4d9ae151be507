using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class PaletteDistanceTests
{
    private static readonly Rgb Black = new(0, 0, 0);
    private static readonly Rgb White = new(255, 255, 255);
    private static readonly Rgb Red = new(255, 0, 0);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 6)]
    [InlineData(7, 7)]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    [InlineData(3, 6)]
    [InlineData(6, 5)]
    public void To_RandomPalettes_IsTheLeastOverEveryWayToPairTheirColours(int count, int otherCount)
    {
        var random = new Random(count + (100 * otherCount));
        for (int round = 0; round < (count + otherCount > 12 ? 5 : 40); round++)
        {
            (Palette one, Palette other) = (RandomPalette(random, count), RandomPalette(random, otherCount));

            Assert.Equal(ReferenceDistance.Of(one, other), new PaletteDistance(one).To(other), 0.001);
        }
    }

    [Fact]
    public void To_PalettesOfEveryCount_IsTheSameBothWaysAndWithinItsLimits()
    {
        var random = new Random(1);
        for (int count = 1; count <= Palette.MaxColors; count++)
        {
            for (int otherCount = 1; otherCount <= Palette.MaxColors; otherCount++)
            {
                (Palette one, Palette other) = (RandomPalette(random, count), RandomPalette(random, otherCount));
                float distance = new PaletteDistance(one).To(other);

                Assert.Equal(new PaletteDistance(other).To(one), distance, 0.001f);
                Assert.InRange(distance, 0.1f, 100);
            }
        }
    }

    [Fact]
    public void To_SameColoursInAnotherOrder_IsZero()
    {
        var random = new Random(2);
        for (int count = 1; count <= Palette.MaxColors; count++)
        {
            Palette one = RandomPalette(random, count);
            Rgb[] colors = one.ToArray();
            random.Shuffle(colors);

            Assert.Equal(0, new PaletteDistance(one).To(new Palette(colors)));
        }
    }

    [Fact]
    public void To_TheSmallestDifference_IsNotZero()
    {
        var distance = new PaletteDistance(new Palette(Black, White, Red));

        Assert.All(
            [new Palette(Black, White, new Rgb(254, 0, 0)), new Palette(new Rgb(0, 0, 1), White, Red), new Palette(Black, White, Red, Red),
                new Palette(Black, White), new Palette(Black, Black, White)],
            other => Assert.True(distance.To(other) > 0));
    }

    [Fact]
    public void To_ColoursCountOftenOrOnce_AreOtherPalettes()
    {
        var distance = new PaletteDistance(new Palette(Black, White, White));

        Assert.True(distance.To(new Palette(Black, Black, White)) > 1);
    }

    [Fact]
    public void To_WhiteFromBlack_IsAHundred() =>
        Assert.Equal(100, new PaletteDistance(new Palette(Black)).To(new Palette(White)), 0.001f);

    [Fact]
    public void To_OtherFirstColour_IsFartherThanOtherLastColour()
    {
        Palette one = new(White, White, White, White);
        var distance = new PaletteDistance(one);
        float first = distance.To(new Palette(Red, White, White, White));
        float last = distance.To(new Palette(White, White, White, Red));

        Assert.True(first > last, $"{first} > {last}");
    }

    [Fact]
    public void To_NearlyTheSameColourLeftOver_CountsLittle()
    {
        var distance = new PaletteDistance(new Palette(Black, White, Red));

        Assert.InRange(distance.To(new Palette(Black, White, Red, new Rgb(250, 1, 1))), 0.01f, 0.2f);
        Assert.True(distance.To(new Palette(Black, White, Red, new Rgb(0, 255, 0))) > 1);
    }

    [Fact]
    public void To_PaletteBelowALimit_IsTheSameAsWithoutOne()
    {
        var random = new Random(3);
        for (int round = 0; round < 1_000; round++)
        {
            var distance = new PaletteDistance(RandomPalette(random, random.Next(1, 21)));
            Palette other = RandomPalette(random, random.Next(1, 21));
            float exact = distance.To(other);

            Assert.Equal(exact, distance.To(other, exact + 0.001f));
            Assert.True(distance.To(other, exact) >= exact);
        }
    }

    [Fact]
    public void To_AfterLargerPalettes_DoesNotRememberThem()
    {
        var random = new Random(4);
        Palette large = RandomPalette(random, 20), small = RandomPalette(random, 3);
        var distance = new PaletteDistance(RandomPalette(random, 6));
        float before = distance.To(small);

        for (int i = 0; i < 100; i++)
        {
            distance.To(large);
        }

        Assert.Equal(before, distance.To(small));
    }

    [Fact]
    public void To_EveryColourOfOneChannelAndGreys_IsOttossonsDistance()
    {
        for (int value = 0; value < 256; value++)
        {
            byte v = (byte)value;
            foreach (Rgb color in new Rgb[] { new(v, 0, 0), new(0, v, 0), new(0, 0, v), new(v, v, v) })
            {
                Assert.Equal(100 * ReferenceDistance.Of(Red, color), new PaletteDistance(new Palette(Red)).To(new Palette(color)), 0.001);
            }
        }
    }

    private static Palette RandomPalette(Random random, int count)
    {
        byte[] bytes = new byte[3 * count];
        random.NextBytes(bytes);
        return new Palette([.. Enumerable.Range(0, count).Select(i => new Rgb(bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]))]);
    }
}
