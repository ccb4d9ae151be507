using System.Buffers.Binary;
using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class AcSkipsTests
{
    /// <summary>The code for a run of sixteen zeros may be a single bit long, so that twelve bits skip more than a block.</summary>
    private static readonly byte[] Symbols = [0x00, 0xF0, 0x01, 0x02, 0x11, 0x0A, 0xFA, 0x30, 0x0B];

    [Fact]
    public void Find_AnyTableAndBits_SkipsWhatSingleCodesDo() => Gen.Select(Gen.Int, Gen.ULong).Sample(
        (seed, bits) =>
        {
            HuffmanTable table = new JpegCodes(Symbols, new Random(seed)).Table();
            var skips = new AcSkips();
            skips.Set(table);

            int entry = skips.Find(bits);

            Assert.Contains(
                (AcSkips.Bits(entry), AcSkips.Coefficients(entry)), Singles(table, bits).Append((0, AcSkips.BlockCoefficients)));
            Assert.InRange(AcSkips.Bits(entry), 0, AcSkips.MaxBits);
            Assert.InRange(AcSkips.Coefficients(entry) % AcSkips.EndOfBlock, 0, AcSkips.BlockCoefficients);
        },
        iter: 5_000);

    [Fact]
    public void Find_ShortCodes_SkipsSeveralAtOnce()
    {
        var skips = new AcSkips();
        skips.Set(Table([0, 2, 2], 0x01, 0x12, 0x00, 0xF0)); // 00 01 100 101

        Assert.Equal((12, 4), Skipped(skips, "00 1 00 1 00 1 00 1"));
        Assert.Equal((6, AcSkips.EndOfBlock + 1), Skipped(skips, "00 1 100 000000"));
        Assert.Equal((3, 16), Skipped(skips, "101 101 101 101")); // four would be a whole block
        Assert.Equal((0, 64), Skipped(skips, "111111111111"));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(AcSkips.EndOfBlock + 1, true)]
    [InlineData(AcSkips.EndOfBlock + 63, true)]
    [InlineData(AcSkips.EndOfBlock + 64, false)] // an end behind the 64th coefficient is the next block's
    [InlineData(127, false)]
    public void IsEnd_PlaceOfTheNextCoefficient_TellsWhetherTheBlockEnds(int at, bool expected) =>
        Assert.Equal(expected, AcSkips.IsEnd(at));

    [Theory]
    [InlineData(0x30)] // a run to the end of several blocks, which progressive pictures have
    [InlineData(0x0B)] // a value of eleven bits
    public void Of_SymbolThatBaselineDoesNotHave_IsNone(int symbol) => Assert.Equal(0, AcSkips.Of(symbol, 3));

    private static (int Bits, int Coefficients) Skipped(AcSkips skips, string bits)
    {
        byte[] bytes = [.. new JpegBits().Add(bits).Bytes(), .. new byte[6]];
        int entry = skips.Find(BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return (AcSkips.Bits(entry), AcSkips.Coefficients(entry));
    }

    /// <summary>Bits and coefficients that one, two, three, ... codes skip, up to the end of a block.</summary>
    private static IEnumerable<(int Bits, int Coefficients)> Singles(HuffmanTable table, ulong bits)
    {
        (int skipped, int coefficients) = (0, 0);
        while (skipped < 64 && coefficients < AcSkips.EndOfBlock)
        {
            int found = table.Find(bits << skipped);
            int code = AcSkips.Of(HuffmanTable.Symbol(found), HuffmanTable.Length(found));
            if (found == 0 || code == 0)
            {
                yield break;
            }

            (skipped, coefficients) = (skipped + AcSkips.Bits(code), coefficients + AcSkips.Coefficients(code));
            yield return (skipped, coefficients);
        }
    }

    private static HuffmanTable Table(byte[] counts, params byte[] symbols)
    {
        var table = new HuffmanTable();
        ReadOnlySpan<byte> segment = [.. counts, .. new byte[HuffmanTable.MaxLength - counts.Length], .. symbols];
        Assert.True(table.TryDefine(ref segment));
        Assert.True(table.TryIndex());
        return table;
    }
}
