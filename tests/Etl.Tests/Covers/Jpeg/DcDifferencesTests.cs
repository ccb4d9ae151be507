using CsCheck;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Covers.Jpeg;

public sealed class DcDifferencesTests
{
    [Fact]
    public void Find_AnyTableAndDifference_IsTheDifferenceOrTakesMoreThanALook() =>
        Gen.Select(Gen.Int, Gen.Int[-2_047, 2_047]).Sample((seed, difference) =>
        {
            var codes = new JpegCodes(Enumerable.Range(0, DcDifferences.MaxSize + 1).Select(size => (byte)size), new Random(seed));
            JpegBits bits = Written(codes, difference);
            var differences = new DcDifferences();
            differences.Set(codes.Table());
            var reader = new BitReader([.. bits.Bytes(), .. new byte[BitReader.Margin]]);
            reader.Fill();

            int entry = differences.Find(reader.Bits);

            Assert.Equal(bits.Count <= 11 && Math.Abs(difference) < 128, entry != 0);
            Assert.True(entry == 0 || (DcDifferences.Difference(entry), (byte)entry) == (difference, bits.Count));
            Assert.True(differences.TryRead(ref reader, out int read));
            Assert.Equal((difference, bits.Count), (read, reader.Position));
        });

    [Fact]
    public void TryRead_NoSuchCode_IsNone()
    {
        var differences = new DcDifferences();
        differences.Set(new JpegCodes([0, 1, 2], new Random(1)).Table());
        var reader = new BitReader([.. Enumerable.Repeat((byte)0xFF, 2 * BitReader.Margin)]);
        reader.Fill();

        Assert.Equal(0, differences.Find(reader.Bits));
        Assert.False(differences.TryRead(ref reader, out _));
    }

    private static JpegBits Written(JpegCodes codes, int difference)
    {
        var bits = new JpegBits();
        int size = 32 - int.LeadingZeroCount(Math.Abs(difference));
        codes.Write(bits, (byte)size);
        bits.Add(difference < 0 ? difference + (1 << size) - 1 : difference, size);
        return bits;
    }
}
