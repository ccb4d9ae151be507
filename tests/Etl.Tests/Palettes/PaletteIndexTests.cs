using CsCheck;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class PaletteIndexTests
{
    [Fact]
    public void Nearest_AnyPalettes_IsWhatComparingEachGives() =>
        Gen.Select(SharedPalettes.Any.Array[0, 200], SharedPalettes.Any, Gen.Int[1, 10]).Sample(
            (palettes, palette, count) =>
            {
                PaletteIndex index = IndexOf(palettes);
                var distance = new PaletteDistance(palette);
                float[] all = [.. palettes.Select(other => distance.To(other))];
                long[] expected = [.. Enumerable.Range(0, all.Length).OrderBy(i => all[i]).Take(count).Select(static i => (long)i)];

                IReadOnlyList<SimilarMovie> nearest = index.Nearest(palette, count);

                Assert.Equal(expected, nearest.Select(static movie => (long)movie.Id.Stored!));
                Assert.Equal(expected.Select(i => (double)all[i]), nearest.Select(static movie => movie.Distance));
            },
            iter: 200);

    [Fact]
    public void Nearest_TenThousandPalettes_IsWhatComparingEachGives()
    {
        var random = new Random(1);
        Palette[] palettes = [.. Enumerable.Range(0, 10_000).Select(_ => RandomPalette(random))];
        PaletteIndex index = IndexOf(palettes);
        var distance = new PaletteDistance(palettes[5_000]);

        IReadOnlyList<SimilarMovie> nearest = index.Nearest(palettes[5_000], 20, except: "5000");

        Assert.Equal(10_000, index.Count);
        Assert.True(index.Segments.Count > 1);
        Assert.Equal(
            palettes.Select((palette, i) => (Distance: distance.To(palette), Id: i)).Where(static movie => movie.Id != 5_000).OrderBy(static movie => movie.Distance)
                .Take(20).Select(static movie => (long)movie.Id),
            nearest.Select(static movie => (long)movie.Id.Stored!));
    }

    [Fact]
    public void Nearest_MoviesAsNearAsEachOther_ComeInTheOrderOfTheRows()
    {
        Palette black = new(new Rgb(0, 0, 0)), grey = new(new Rgb(9, 9, 9)), white = new(new Rgb(255, 255, 255));
        PaletteIndex index = IndexOf([.. Enumerable.Range(0, 10_000).Select(i => i % 100 == 0 ? black : i % 2 == 0 ? grey : white)]);

        Assert.Equal([0L, 100, 200], index.Nearest(black, 3).Select(static movie => (long)movie.Id.Stored!));
        Assert.Equal([2L, 4, 6], index.Nearest(grey, 3).Select(static movie => (long)movie.Id.Stored!));
        Assert.Equal([1L, 3, 5], index.Nearest(new Palette(new Rgb(254, 254, 254)), 3).Select(static movie => (long)movie.Id.Stored!));
    }

    [Fact]
    public void Find_IdsOfEveryType_GivesTheFirstThatReadsSo()
    {
        MovieId[] ids = [default, new(5L), new("5"), new(6.0), new("阿甘"), new(""), new((object)new byte[] { 65 })];
        var builder = new PaletteIndexBuilder();
        for (int i = 0; i < ids.Length; i++)
        {
            builder.Add(new RowKey(i), ids[i], new Palette(new Rgb((byte)i, 0, 0)));
        }

        PaletteIndex index = builder.ToIndex();

        Assert.Equal((ids[1], new Palette(new Rgb(1, 0, 0))), index.Find("5"));
        Assert.Equal(ids[3], index.Find("6")?.Id);
        Assert.Equal(ids[4], index.Find("阿甘")?.Id);
        Assert.All(["", "A", "NULL", "7"], id => Assert.Null(index.Find(id)));
        Assert.Equal(ids, index.Nearest(new Palette(new Rgb(0, 0, 0)), 10).Select(static movie => movie.Id));
        Assert.DoesNotContain(index.Nearest(new Palette(new Rgb(0, 0, 0)), 10, except: "5"), static movie => movie.Id.Text == "5");
    }

    [Fact]
    public void ToIndex_AfterOneChange_UsesTheOtherSegmentsAgain()
    {
        var random = new Random(2);
        Palette[] palettes = [.. Enumerable.Range(0, 50_000).Select(_ => RandomPalette(random))];
        PaletteIndex earlier = IndexOf(palettes);
        palettes[25_000] = new Palette(new Rgb(1, 2, 3));

        PaletteIndex index = IndexOf(palettes, earlier);

        Assert.Equal(earlier.Segments.Count - 1, index.Segments.Intersect(earlier.Segments).Count());
        Assert.Equal(palettes[25_000], index.Find("25000")?.Palette);
        Assert.Equal(50_000, index.Count);
    }

    [Fact]
    public void ToIndex_AfterAnInsertion_UsesMostSegmentsAgain()
    {
        var random = new Random(3);
        (RowKey Key, Palette Palette)[] rows = [.. Enumerable.Range(0, 50_000).Select(i => (new RowKey(10L * i), RandomPalette(random)))];
        PaletteIndex earlier = IndexOf(rows);

        PaletteIndex index = IndexOf([.. rows[..25_000], (new RowKey(249_995), RandomPalette(random)), .. rows[25_000..]], earlier);

        Assert.InRange(index.Segments.Except(earlier.Segments).Count(), 1, 2);
        Assert.Equal(50_001, index.Count);
    }

    private static PaletteIndex IndexOf(Palette[] palettes, PaletteIndex? earlier = null) =>
        IndexOf([.. palettes.Select(static (palette, i) => (new RowKey(i), palette))], earlier);

    private static PaletteIndex IndexOf((RowKey Key, Palette Palette)[] rows, PaletteIndex? earlier = null)
    {
        var builder = new PaletteIndexBuilder(earlier);
        foreach ((RowKey key, Palette palette) in rows)
        {
            builder.Add(key, new MovieId(key.Number), palette);
        }

        return builder.ToIndex();
    }

    private static Palette RandomPalette(Random random)
    {
        byte[] bytes = new byte[18];
        random.NextBytes(bytes);
        return SharedPalettes.Of(
            [.. bytes.Chunk(3).Select(static color => new Rgb(color[0], color[1], color[2]))],
            [.. Enumerable.Range(0, 6).Select(_ => random.Next(1, 100))]);
    }
}
