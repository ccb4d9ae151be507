using System.Text;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class PaletteJsonTests
{
    [Theory]
    [InlineData("[[1, 2, 3]]")]
    [InlineData("[[0, 0, 0], [255, 255, 255], [10, 200, 9]]")]
    public void TryRead_WhatToJsonWrites_IsThePalette(string json)
    {
        bool read = PaletteJson.TryRead(Encoding.UTF8.GetBytes(json), out Palette palette);

        Assert.True(read);
        Assert.Equal(json, palette.ToJson());
    }

    [Theory]
    [InlineData("[[1,2,3],[4,5,6]]")]
    [InlineData(" [ [ 1 , 2 , 3 ] , [ 4 , 5 , 6 ] ] ")]
    [InlineData("\r\n[\t[1,\n2,3],[4,5,6]]\n")]
    public void TryRead_OtherBlanks_AreJsonToo(string json)
    {
        Assert.True(PaletteJson.TryRead(Encoding.UTF8.GetBytes(json), out Palette palette));
        Assert.Equal("[[1, 2, 3], [4, 5, 6]]", palette.ToJson());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("[[1, 2]]")]
    [InlineData("[[1, 2, 3, 4]]")]
    [InlineData("[[1, 2, 3]")]
    [InlineData("[[1, 2, 3")]
    [InlineData("[[1, 2, 3]]]")]
    [InlineData("[[1, 2, 3],]")]
    [InlineData("[[1, 2, 3] [4, 5, 6]]")]
    [InlineData("[1, 2, 3]")]
    [InlineData("[[256, 0, 0]]")]
    [InlineData("[[0, 999, 0]]")]
    [InlineData("[[0, 0, 1000]]")]
    [InlineData("[[-1, 0, 0]]")]
    [InlineData("[[01, 0, 0]]")]
    [InlineData("[[1.0, 0, 0]]")]
    [InlineData("[[1e1, 0, 0]]")]
    [InlineData("[[, 0, 0]]")]
    [InlineData("[[:, 0, 0]]")]
    [InlineData("[[\"1\", 0, 0]]")]
    [InlineData("[[null, 0, 0]]")]
    [InlineData("{\"r\": 1}")]
    [InlineData("null")]
    [InlineData("#ffffff")]
    [InlineData("[[1, 2, 3]]x")]
    [InlineData("[[1, 2, 3]]\0")]
    public void TryRead_AnythingElse_IsNoPalette(string json) =>
        Assert.False(PaletteJson.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void TryRead_TwentyColours_AreThereAndOneMoreIsTooMany()
    {
        string twenty = string.Join(", ", Enumerable.Range(0, 20).Select(i => $"[{i}, {i}, {i}]"));

        Assert.True(PaletteJson.TryRead(Encoding.UTF8.GetBytes($"[{twenty}]"), out Palette palette));
        Assert.Equal(20, palette.Count);
        Assert.False(PaletteJson.TryRead(Encoding.UTF8.GetBytes($"[{twenty}, [9, 9, 9]]"), out _));
    }

    [Fact]
    public void TryRead_EveryNumberOfUpToFourDigits_IsAChannelUpTo255()
    {
        for (int number = 0; number < 10_000; number++)
        {
            byte[] json = Encoding.UTF8.GetBytes($"[[0, {number}, 0]]");

            Assert.Equal(number <= 255, PaletteJson.TryRead(json, out Palette palette) && palette[0].G == number);
        }
    }

    [Fact]
    public void TryRead_PartOfAPalette_IsNone()
    {
        byte[] json = Encoding.UTF8.GetBytes("[[1, 20, 255], [3, 4, 5]]");

        Assert.All(Enumerable.Range(0, json.Length), length => Assert.False(PaletteJson.TryRead(json.AsSpan(0, length), out _)));
    }
}
