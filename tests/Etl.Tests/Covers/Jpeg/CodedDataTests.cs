using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class CodedDataTests
{
    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(Gen.Const((byte)0xFF), Gen.Const((byte)0), Gen.Byte).Array[0, 40];

    [Fact]
    public void TryTake_AnyData_IsWithoutStuffedZerosUpToTheMarker() => AnyBytes.Sample(bytes =>
    {
        byte[] stuffed = [.. bytes.SelectMany(value => value == 0xFF ? new byte[] { 0xFF, 0 } : [value])];
        var data = new CodedData();
        ReadOnlySpan<byte> rest = [.. stuffed, 0xFF, 0xD9, 7], skipped = rest;
        data.Reserve(rest.Length);

        Assert.True(data.TryTake(ref rest));
        Assert.True(CodedData.TrySkip(ref skipped));

        Assert.Equal([0xFF, 0xD9, 7], rest.ToArray());
        Assert.Equal([0xFF, 0xD9, 7], skipped.ToArray());
        Assert.Equal(bytes, Bytes(data.Bits, bytes.Length));
    });

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 0xFF, 0 })]
    [InlineData(new byte[] { 1, 2, 0xFF })]
    public void TryTake_NoMarker_IsCutOff(byte[] bytes)
    {
        var data = new CodedData();
        data.Reserve(bytes.Length);
        ReadOnlySpan<byte> rest = bytes, skipped = bytes;

        Assert.False(data.TryTake(ref rest));
        Assert.False(CodedData.TrySkip(ref skipped));
    }

    [Fact]
    public void Bits_ShorterDataThanBefore_HasZerosBehindIt()
    {
        var data = new CodedData();
        data.Reserve(fileLength: 600);
        ReadOnlySpan<byte> before = [.. Enumerable.Repeat((byte)1, 500), 0xFF, 0xD9], after = [5, 0xFF, 0xD9];
        data.TryTake(ref before);

        data.TryTake(ref after);

        Assert.Equal([5, .. new byte[BitReader.Margin - 16]], Bytes(data.Bits, BitReader.Margin - 15));
    }

    private static byte[] Bytes(BitReader bits, int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bits.Fill();
            bytes[i] = (byte)(bits.Bits >> 56);
            bits.Skip(8);
        }

        return bytes;
    }
}
