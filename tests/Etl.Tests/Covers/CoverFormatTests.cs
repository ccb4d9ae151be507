using System.Text;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

public sealed class CoverFormatTests
{
    [Theory]
    [InlineData("FFD8FFE0", "JPEG")]
    [InlineData("89504E470D0A1A0A", "PNG")]
    [InlineData("474946383761", "GIF")]
    [InlineData("474946383961", "GIF")]
    [InlineData("524946460000000057454250", "WebP")]
    [InlineData("424D", "BMP")]
    [InlineData("49492A00", "TIFF")]
    [InlineData("4D4D002A", "TIFF")]
    [InlineData("000000206674797061766966", "AVIF")]
    [InlineData("000000206674797061766973", "AVIF")]
    [InlineData("00000018667479706D696631000000006D69663161766966", "AVIF")] // mif1, with avif behind it
    [InlineData("00000014667479706D696631000000006D69663161766966", "HEIF")] // avif is outside the box of brands
    [InlineData("000000206674797061766369", "HEIF")] // H.264 in a HEIF
    [InlineData("000000206674797068656963", "HEIF")]
    [InlineData("00000000667479706176", "HEIF")]
    [InlineData("000000206674797069736F6D00000200", "MP4")]
    [InlineData("00000020667479706D703432", "MP4")]
    [InlineData("00000014667479707174202000000000", "MP4")] // QuickTime
    [InlineData("00000018667479704D345620", "MP4")]
    [InlineData("000000186674797033677034", "MP4")]
    [InlineData("00000020667479706D696631", "HEIF")]
    [InlineData("FF0A000000", "JPEG XL")]
    [InlineData("0000000C4A584C200D0A870A", "JPEG XL")]
    [InlineData("000001000100", "ICO")]
    [InlineData("000002000300", "ICO")] // a cursor
    [InlineData("000001000000", null)] // no picture in it
    [InlineData("1F8B0800", "gzip")]
    [InlineData("1F8B0808", "gzip")]
    [InlineData("1F8B00", null)]
    [InlineData("", null)]
    [InlineData("FFD8", null)]
    [InlineData("474946383861", null)]
    [InlineData("524946460000000057415645", null)] // a RIFF file, but sound
    public void Find_FirstBytes_TellTheFormat(string hex, string? format) =>
        Assert.Equal(format, Decoders.FormatOf(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("<html>", true)]
    [InlineData("<!DOCTYPE html>", true)]
    [InlineData("  \r\n\t<HTML lang='en'>", true)]
    [InlineData("<head>", true)]
    [InlineData("\uFEFF<html>", true)]
    [InlineData("html", false)]
    public void Find_Text_TellsHtml(string text, bool html) =>
        Assert.Equal(html ? "HTML" : null, Decoders.FormatOf(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("<svg>", "SVG")]
    [InlineData("\uFEFF\n<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG")]
    [InlineData("<?xml version='1.0'?><svg/>", "SVG")]
    [InlineData("<?xml version='1.0'?>\n<!-- by hand -->\n<!DOCTYPE svg>\n<svg/>", "SVG")]
    [InlineData("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN'><svg/>", "SVG")]
    [InlineData("<!DOCTYPE html><svg/>", "HTML")]
    [InlineData("<?xml version='1.0'?><html><svg/></html>", null)]
    [InlineData("<?xml version='1.0'?><Error/>", null)]
    public void Find_Text_TellsSvg(string text, string? format) =>
        Assert.Equal(format, Decoders.FormatOf(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("000000206674797069736F6D00000200", "MP4")]
    [InlineData("FF0A", "JPEG XL")]
    [InlineData("1F8B08", "gzip")]
    public void Decode_FormatThatIsNotDecoded_IsNamed(string hex, string format)
    {
        var error = Assert.Throws<CoverException>(() => Decoders.Of(new DecodeOptions())
            .Decode(Cover.Of(Convert.FromHexString(hex), new CoverVersion(null, null, null))));

        Assert.Equal(
            (FailureReason.UnsupportedFormat, $"The cover is {format}, which is not supported."), (error.Reason, error.Message));
    }

    [Theory]
    [InlineData("47494638396101000100000000" + "3B", true)]
    [InlineData("47494638396101000100000000" + "3B0000", true)]
    [InlineData("47494638396101000100000000" + "21FE013B00" + "3B", true)]
    [InlineData("47494638396101000100000000" + "21FE013B", false)] // cut off behind a byte that looks like the end
    [InlineData("47494638396101000100000000" + "2C00000000010001000002023B3B003B", true)]
    [InlineData("47494638396101000100000000" + "2C00000000010001000002023B", false)]
    [InlineData("47494638396101000100800000" + "3B3B3B3B3B", false)] // cut off in the colours
    [InlineData("47494638396101000100800000" + "3B3B3B3B3B3B" + "3B", true)]
    [InlineData("47494638396101000100000000" + "2C0000000001000100803B", false)]
    [InlineData("47494638396101000100000000" + "99", true)] // a block of no known kind is damage
    [InlineData("474946383961003B", false)]
    [InlineData("5249464604000000574542500000", true)]
    [InlineData("524946460F00000057454250", false)]
    [InlineData("424D0800000000000000", true)]
    [InlineData("424D0B00000000000000", false)]
    [InlineData("424D", false)]
    [InlineData("0000000C66747970617669660000000A6D6461740000", true)]
    [InlineData("0000000C66747970617669660000000B6D6461740000", false)]
    [InlineData("0000000C6674797061766966000000006D64617400", true)] // to the end of the file
    [InlineData("0000000C6674797061766966000000016D6461740000000000000011FF", true)]
    [InlineData("0000000C6674797061766966000000016D6461740000000000000012FF", false)]
    [InlineData("0000000C6674797061766966000000016D64617480000000000000FFFF", false)]
    [InlineData("0000000C6674797061766966000000", false)]
    [InlineData("0000000C6674797061766966", false)] // cut off between two boxes
    [InlineData("0000000C6674797061766966000000046D646174", false)] // no box is shorter than its header
    [InlineData("89504E470D0A1A0A" + "0000000049454E44AE426082", true)]
    [InlineData("89504E470D0A1A0A" + "0000000049454E44AE426082" + "0000", true)]
    [InlineData("89504E470D0A1A0A" + "FFFFFFFF4944415400000000" + "0000000049454E44AE426082", true)] // a damaged length
    [InlineData("89504E470D0A1A0A" + "000000084944415449454E4449454E44", false)] // cut off behind a name that looks like the end
    [InlineData("89504E470D0A1A0A" + "00000000", false)]
    [InlineData("FFD8FFC0000B08001000100101110000FFDA0008010100003F00AAFFD9", true)]
    [InlineData("FFD8FFC0000B08001000100101110000FFDA0008010100003F00AA", false)]
    [InlineData("FFD8FFE10008FFD8FFD9AAAAFFDA0008010100003F00AA", false)] // the end of a thumbnail
    [InlineData("FFD8FFE10008FFD8FFD9", false)]
    [InlineData("FFD8FFE10008FFD8FFD9AAAAFFDA0008010100003F00AAFFD9", true)]
    [InlineData("FFD8FFD9", true)] // whole, though it is no picture
    public void HasEnd_Container_IsWholeOrCutOff(string hex, bool whole)
    {
        byte[] data = Convert.FromHexString(hex);

        Assert.Equal(whole, CoverFormat.Find(CoverFormats.All, data)!.HasEnd(data));
    }
}
