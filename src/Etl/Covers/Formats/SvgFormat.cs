namespace PaletteEtl.Covers.Formats;

/// <summary>A drawing in XML. The element may follow a declaration, a comment or a document type.</summary>
internal sealed class SvgFormat() : UnsupportedFormat("SVG")
{
    public override bool Matches(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> head = HtmlFormat.StartOf(data, maxBytes: 1_024);
        return head.StartsWith("<svg"u8)
            || ((head.StartsWith("<?xml"u8) || head.StartsWith("<!--"u8) || head.StartsWith("<!DOCTYPE svg"u8))
                && head.IndexOf("<svg"u8) >= 0 && head.IndexOf("<html"u8) < 0);
    }
}
