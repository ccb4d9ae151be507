namespace PaletteEtl.Covers.Formats;

/// <summary>A web page in place of a cover, such as a server's error.</summary>
internal sealed class HtmlFormat() : UnsupportedFormat("HTML")
{
    public override bool Matches(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> text = data[..Math.Min(data.Length, 256)].TrimStart(" \t\r\n\xEF\xBB\xBF"u8);
        Span<char> start = stackalloc char[Math.Min(text.Length, 9)];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = char.ToLowerInvariant((char)text[i]);
        }

        return start.StartsWith("<html") || start.SequenceEqual("<!doctype") || start.StartsWith("<head");
    }
}
