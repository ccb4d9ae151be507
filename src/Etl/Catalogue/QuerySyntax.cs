namespace PaletteEtl.Catalogue;

/// <summary>Checks the options that have a syntax of their own.</summary>
internal static class QuerySyntax
{
    /// <summary>Why a text cannot be parsed; null if it can.</summary>
    /// <param name="parse">Parses the text, and throws a <see cref="FormatException"/> with the reason.</param>
    public static string? Problem(Func<object?> parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
