namespace PaletteEtl.Covers.Formats;

/// <summary>A web page in place of a cover, such as a server's error.</summary>
internal sealed class HtmlFormat() : UnsupportedFormat("HTML")
{
    private static ReadOnlySpan<byte> NoText => [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF];

    /// <summary>The first bytes of a text, without white space and byte order mark.</summary>
    public static ReadOnlySpan<byte> StartOf(ReadOnlySpan<byte> data, int maxBytes) =>
        data[..Math.Min(data.Length, maxBytes)].TrimStart(NoText);

    public override bool Matches(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> text = StartOf(data, maxBytes: 256);
        Span<char> start = stackalloc char[Math.Min(text.Length, 9)];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = char.ToLowerInvariant((char)text[i]);
        }

        return start.StartsWith("<html") || start.SequenceEqual("<!doctype") || start.StartsWith("<head");
    }
}
