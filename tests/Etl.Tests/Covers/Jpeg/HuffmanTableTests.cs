using System.Buffers.Binary;
using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class HuffmanTableTests
{
    [Fact]
    public void Find_AnyTable_FindsTheSymbolOfEveryCode() => Gen.Int.Sample(seed =>
    {
        var codes = new JpegCodes(Enumerable.Range(0, 200).Select(symbol => (byte)symbol), new Random(seed));
        HuffmanTable table = codes.Table();

        Assert.All(codes.Symbols, symbol =>
        {
            var bits = new JpegBits();
            codes.Write(bits, symbol);
            int found = table.Find(Left(bits));
            Assert.Equal((symbol, bits.Count), (HuffmanTable.Symbol(found), HuffmanTable.Length(found)));
        });
    });

    [Fact]
    public void Find_NoSuchCode_IsZero()
    {
        Assert.True(TryDefine([0, 3], 1, 2, 3).IsDefined);

        Assert.Equal(0, TryDefine([0, 3], 1, 2, 3).Table.Find(ulong.MaxValue));
    }

    [Theory]
    [InlineData(2)] // the second would be of ones alone
    [InlineData(3)] // no code is left for the third
    public void TryDefine_MoreCodesThanThereAre_IsNone(byte ofOneBit) =>
        Assert.False(TryDefine([ofOneBit], [.. new byte[ofOneBit]]).IsDefined);

    [Fact]
    public void TryDefine_SymbolsCutOff_IsNone()
    {
        ReadOnlySpan<byte> counts = new byte[HuffmanTable.MaxLength - 1];

        Assert.False(TryDefine([0, 3], 1, 2).IsDefined);
        Assert.False(new HuffmanTable().TryDefine(ref counts));
    }

    [Fact]
    public void TryDefine_TableOfFewerSymbolsAfterOneOfMore_HasItsOwnAlone()
    {
        HuffmanTable table = TryDefine([0, 3], 1, 2, 200).Table;
        ReadOnlySpan<byte> fewer = [1, .. new byte[15], 7];

        Assert.True(table.TryDefine(ref fewer));
        Assert.True(table.TryIndex());

        Assert.Equal([7], table.Symbols.ToArray());
        Assert.Equal(0, table.Find(ulong.MaxValue));
    }

    private static ulong Left(JpegBits bits) =>
        BinaryPrimitives.ReadUInt64BigEndian([.. bits.Bytes(), .. new byte[8]]) & (ulong.MaxValue << (64 - bits.Count));

    private static (bool IsDefined, HuffmanTable Table) TryDefine(byte[] counts, params byte[] symbols)
    {
        var table = new HuffmanTable();
        ReadOnlySpan<byte> segment = [.. counts, .. new byte[HuffmanTable.MaxLength - counts.Length], .. symbols];
        bool isDefined = table.TryDefine(ref segment);
        return (isDefined && segment.IsEmpty && table.TryIndex(), table);
    }
}
