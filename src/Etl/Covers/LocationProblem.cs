namespace PaletteEtl.Covers;

/// <summary>The rules of a location.</summary>
internal static class LocationProblem
{
    /// <summary>The problem with a template, or null.</summary>
    public static string? Of(string? template)
    {
        if (string.IsNullOrWhiteSpace(template))
        {
            return "a location is empty; give a path or a URL, such as data/covers/{id}.jpg";
        }

        if (Placeholder.HasOther(template))
        {
            return $"'{LocationTemplate.Shown(template)}' has a placeholder that is none of {{id}}, {{id:D1}} to {{id:D{Placeholder.MaxDigits}}}, "
                + "their parts, such as {id[..2]} and {id:D7[^2..]}, and {cover}; literal braces are doubled: {{ and }}";
        }

        Placeholder[] placeholders = Placeholder.In(template);
        if (Array.Find(placeholders, static placeholder => placeholder.IsEmpty) is { } empty)
        {
            return $"'{LocationTemplate.Shown(template)}' has {empty.Text}, which is a part without characters; "
                + "a part goes from its first character to the one before its end, such as {id[..2]}";
        }

        string literal = LocationTemplate.LiteralOf(template, placeholders);
        return literal.Contains('\0', StringComparison.Ordinal) ? "a location holds a NUL character"
            : LocationTemplate.IsUrlOfAnyScheme(literal) ? OfUrl(template, literal, placeholders.FirstOrDefault())
            : null;
    }

    private static string? OfUrl(string template, string literal, Placeholder? first)
    {
        // A template with an @ may hold a password, wherever it stands in a URL that is not valid.
        string shown = literal.Contains('@', StringComparison.Ordinal) ? "it" : $"'{LocationTemplate.Shown(template)}'";
        return !LocationTemplate.IsHttp(literal) || !Uri.TryCreate(literal, UriKind.Absolute, out Uri? url)
                ? $"{shown} is neither a path nor a valid http or https URL"
            : url.UserInfo.Length > 0
                ? "it has a user name or a password; set Etl:Fetch:Headers:Authorization instead"
            : first is not null && first.Start < EndOfAuthority(template)
                ? $"{shown} lets the {(first.IsCover ? "catalogue" : "id")} choose the server; put the placeholder after the host"
            : first is not null && template.AsSpan(0, first.Start).Contains('#')
                ? $"{shown} has the placeholder after the #, which no server receives, so that all movies get one cover; "
                    + "put it before the #, or write a # of the path as %23"
            : template.EndsWith(LocationTemplate.AnyExtension, StringComparison.Ordinal)
                ? $"{shown} ends with .*, which only files have; give a location for each extension"
            : null;
    }

    private static int EndOfAuthority(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = url.IndexOfAny(['/', '?', '#'], start);
        return end < 0 ? url.Length : end;
    }
}
