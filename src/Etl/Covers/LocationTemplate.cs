using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PaletteEtl.Covers;

/// <summary>The location of a cover, with <c>{id}</c> or <c>{id:D7}</c> in place of the movie's id. <c>{{</c> and <c>}}</c> are
/// literal braces.</summary>
internal sealed partial class LocationTemplate(string template)
{
    private const int MaxDigits = 99;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(static c => (char)c).Where(static c => c is '/' or '\\' || char.IsControl(c))]);

    // The text before, between and after the placeholders, and the number of digits of each placeholder.
    private readonly string[] _literals = LiteralsOf(template);
    private readonly int[] _digits = [.. PlaceholdersOf(template).Select(DigitsOf)];

    public bool IsUrl { get; } = IsHttp(template);

    /// <summary>The problem with a template, or null.</summary>
    public static string? Problem(string? template)
    {
        if (string.IsNullOrWhiteSpace(template))
        {
            return "a location is empty; give a path or a URL, such as data/covers/{id}.jpg";
        }

        if (Token().Replace(template, "").AsSpan().IndexOfAny('{', '}') >= 0)
        {
            return $"'{Shown(template)}' has a placeholder that is neither {{id}} nor {{id:D1}} to {{id:D{MaxDigits}}}; literal braces are doubled: {{{{ and }}}}";
        }

        string literal = string.Join('0', LiteralsOf(template));

        if (literal.Contains('\0', StringComparison.Ordinal))
        {
            return "a location holds a NUL character";
        }

        if (IsUrlOfAnyScheme(literal))
        {
            // A template with an @ may hold a password, wherever it stands in a URL that is not valid.
            string shown = literal.Contains('@', StringComparison.Ordinal) ? "it" : $"'{Shown(template)}'";
            if (!IsHttp(literal) || !Uri.TryCreate(literal, UriKind.Absolute, out Uri? url))
            {
                return $"{shown} is neither a path nor a valid http or https URL";
            }

            if (url.UserInfo.Length > 0)
            {
                return "it has a user name or a password; set Etl:Fetch:Headers:Authorization instead";
            }

            if (PlaceholdersOf(template).FirstOrDefault() is { } first && first.Index < EndOfAuthority(template))
            {
                return $"{shown} lets the id choose the server; put the placeholder after the host";
            }

            if (PlaceholdersOf(template).FirstOrDefault() is { } id && template.AsSpan(0, id.Index).Contains('#'))
            {
                return $"{shown} has the placeholder after the #, which no server receives, so that all movies get one cover; "
                    + "put it before the #, or write a # of the path as %23";
            }
        }

        return null;
    }

    /// <summary>A place, or a template of places, for display: a URL loses its query and fragment, which may be secret.</summary>
    public static string Shown(string place) =>
        IsUrlOfAnyScheme(place) && place.AsSpan().IndexOfAny('?', '#') is var query and >= 0 ? $"{place[..query]}?…" : place;

    /// <summary>A text as a literal part of a template.</summary>
    public static string Escape(string text) =>
        text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    /// <summary>The place of one movie's cover.</summary>
    /// <param name="id">The movie's id as text.</param>
    /// <param name="encode">How the id is written into the place.</param>
    public string Place(string id, Func<string, string> encode)
    {
        var place = new DefaultInterpolatedStringHandler(template.Length, _digits.Length);
        place.AppendLiteral(_literals[0]);
        for (int i = 0; i < _digits.Length; i++)
        {
            place.AppendLiteral(encode(Padded(id, _digits[i])));
            place.AppendLiteral(_literals[i + 1]);
        }

        return place.ToStringAndClear();
    }

    /// <summary>The text before the first placeholder; the whole template when there is none.</summary>
    public string Prefix => _literals[0];

    /// <summary>The full path of the folder that the files are in, when the template is no URL.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(Prefix + "_"))!;

    /// <summary>The template of a cover's path in <see cref="Folder"/>, when the template is no URL.</summary>
    public string PathInFolder
    {
        get
        {
            int end = PlaceholdersOf(template).FirstOrDefault()?.Index ?? template.Length;
            return template[(template.AsSpan(0, end).LastIndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) + 1)..];
        }
    }

    /// <summary>Whether the movie's id is part of the place.</summary>
    public bool NamesMovie => _digits.Length > 0;

    /// <summary>Whether a path is the place of some id's cover, when the template is no URL.</summary>
    public bool Matches(string path) => Regex.IsMatch(
        path,
        @$"\A{string.Join(".+", _literals.Select(Regex.Escape))}\z",
        RegexOptions.Singleline | (OperatingSystem.IsLinux() ? RegexOptions.None : RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    public override string ToString() => template;

    /// <summary>Whether an id names one thing inside one folder: no separators, no control characters, not a folder itself.
    /// On Windows a colon names a drive or a stream of a file, and dots and spaces at the end are dropped from a name.</summary>
    public static bool IsSafe(MovieId id) =>
        id.Text is { } text
        && text is not ("." or "..")
        && !text.AsSpan().ContainsAny(Unsafe)
        && !(OperatingSystem.IsWindows() && (text.Contains(':', StringComparison.Ordinal) || text[^1] is '.' or ' '));

    private static bool IsUrlOfAnyScheme(string place) => place.Contains("://", StringComparison.Ordinal);

    private static bool IsHttp(string place) =>
        place.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static int EndOfAuthority(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = url.IndexOfAny(['/', '?', '#'], start);
        return end < 0 ? url.Length : end;
    }

    private static string[] LiteralsOf(string template)
    {
        Match[] ids = [.. PlaceholdersOf(template)];
        IEnumerable<int> starts = ids.Select(static id => id.Index + id.Length).Prepend(0);
        IEnumerable<int> ends = ids.Select(static id => id.Index).Append(template.Length);
        return [.. starts.Zip(ends, (start, end) => Unescaped(template[start..end]))];
    }

    private static string Unescaped(string literal) =>
        literal.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static IEnumerable<Match> PlaceholdersOf(string template) =>
        Token().Matches(template).Where(static token => token.ValueSpan is not ("{{" or "}}"));

    /// <summary>How many digits a placeholder wants; 0 for as many as there are.</summary>
    private static int DigitsOf(Match id) =>
        id.Groups["digits"] is { Success: true } digits ? int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static string Padded(string id, int digits) =>
        id.Length < digits && !id.AsSpan().ContainsAnyExceptInRange('0', '9') ? id.PadLeft(digits, '0') : id;

    [GeneratedRegex(@"\{\{|\}\}|\{id(?::D(?<digits>[1-9][0-9]?))?\}")]
    private static partial Regex Token();
}
