using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class BitReaderTests
{
    [Fact]
    public void Skip_AnyBitsAndSteps_IsAtThoseThatFollow() =>
        Gen.Select(Gen.Byte.Array[8, 64], Gen.Int[0, BitReader.Filled].Array[1, 9]).Sample((bytes, steps) =>
        {
            var reader = new BitReader([.. bytes, .. new byte[BitReader.Margin]]);
            int position = 0;
            foreach (int step in steps)
            {
                reader.Fill();
                Assert.Equal(Bits(bytes, position), reader.Bits >> (64 - BitReader.Filled));
                reader.Skip(step);
                Assert.Equal(position += step, reader.Position);
            }

            reader.Position = 3;
            Assert.Equal((3L, Bits(bytes, 3) >> 8), (reader.Position, reader.Bits >> (72 - BitReader.Filled)));
        });

    [Theory]
    [InlineData(0, false)]
    [InlineData(8, false)]
    [InlineData(9, true)]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void IsAtEnd_OfTwoBytes_IsTrueWithinTheLast(int position, bool expected)
    {
        var reader = new BitReader(new byte[2 + BitReader.Margin]) { Position = position };

        Assert.Equal(expected, reader.IsAtEnd);
    }

    [Fact]
    public void IsBeyond_ReadFarBehindTheEnd_IsKnownBeforeTheMarginIsUsedUp()
    {
        var reader = new BitReader(new byte[2 + BitReader.Margin]);
        while (!reader.IsBeyond)
        {
            reader.Fill();
            reader.Skip(18);
        }

        Assert.InRange(reader.Position, 17, 8 * (2 + BitReader.Margin) - (64 * 28));
    }

    private static ulong Bits(byte[] bytes, int position) => Enumerable.Range(position, BitReader.Filled)
        .Aggregate(0UL, (bits, at) => (bits << 1) | (at / 8 < bytes.Length ? (uint)(bytes[at / 8] >> (7 - (at % 8))) & 1 : 0));
}
