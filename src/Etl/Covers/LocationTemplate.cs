using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PaletteEtl.Covers;

/// <summary>The location of a cover, with <see cref="Placeholder">placeholders</see> for the movie's id. <c>{{</c> and <c>}}</c> are
/// literal braces, and <c>.*</c> at the end of a path is any extension.</summary>
internal sealed class LocationTemplate
{
    public const string AnyExtension = ".*";

    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(static c => (char)c).Where(static c => c is '/' or '\\' || char.IsControl(c))]);

    private readonly string _template;
    private readonly Placeholder[] _placeholders;

    // The text before, between and after the placeholders.
    private readonly string[] _literals;

    public LocationTemplate(string template)
    {
        _template = template;
        _placeholders = Placeholder.In(template);
        _literals = LiteralsOf(template, _placeholders);
        IsUrl = IsHttp(template);
    }

    public bool IsUrl { get; }

    /// <summary>Whether the extension of the file is any that covers have.</summary>
    public bool HasAnyExtension => !IsUrl && _template.EndsWith(AnyExtension, StringComparison.Ordinal);

    /// <summary>Whether the movie's id is part of the place.</summary>
    public bool NamesMovie => _placeholders.Length > 0;

    /// <summary>The text before the first placeholder; the whole template when there is none.</summary>
    public string Prefix => _literals[0];

    /// <summary>The full path of the folder that the files are in, when the template is no URL.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(Prefix + "_"))!;

    /// <summary>The template of a cover's path in <see cref="Folder"/>, when the template is no URL.</summary>
    public string PathInFolder
    {
        get
        {
            int end = NamesMovie ? _placeholders[0].Start : _template.Length;
            return _template[(_template.AsSpan(0, end).LastIndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) + 1)..];
        }
    }

    /// <summary>A place, or a template of places, for display: a URL loses its query and fragment, which may be secret.</summary>
    public static string Shown(string place) =>
        IsUrlOfAnyScheme(place) && place.AsSpan().IndexOfAny('?', '#') is var query and >= 0 ? $"{place[..query]}?…" : place;

    /// <summary>A text as a literal part of a template.</summary>
    public static string Escape(string text) =>
        text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    /// <summary>The place of one movie's cover; null when its id has not all the parts that the template names.</summary>
    /// <param name="id">The movie's id as text.</param>
    /// <param name="encode">How the id is written into the place.</param>
    public string? Place(string id, Func<string, string> encode)
    {
        var place = new DefaultInterpolatedStringHandler(_template.Length, _placeholders.Length);
        place.AppendLiteral(_literals[0]);
        for (int i = 0; i < _placeholders.Length; i++)
        {
            if (_placeholders[i].Of(id) is not { } text)
            {
                place.Clear();
                return null;
            }

            place.AppendLiteral(encode(text));
            place.AppendLiteral(_literals[i + 1]);
        }

        return place.ToStringAndClear();
    }

    /// <summary>Whether a path is the place of some id's cover, when the template is no URL.</summary>
    public bool Matches(string path)
    {
        string pattern = string.Join(".+", _literals.Select(Regex.Escape));
        pattern = HasAnyExtension ? pattern[..^Regex.Escape(AnyExtension).Length] + CoverExtensions.Pattern : pattern;
        return Regex.IsMatch(
            path,
            @$"\A{pattern}\z",
            RegexOptions.Singleline | (OperatingSystem.IsLinux() ? RegexOptions.None : RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
    }

    public override string ToString() => _template;

    /// <summary>Whether an id names one thing inside one folder.</summary>
    public static bool IsSafe(MovieId id) => id.Text is { } text && IsName(text);

    /// <summary>Whether a text is the name of one thing inside one folder: no separators, no control characters, not a folder itself.
    /// On Windows a colon names a drive or a stream of a file, and dots and spaces at the end are dropped from a name.</summary>
    public static bool IsName(string text) =>
        text is not ("." or "..")
        && !text.AsSpan().ContainsAny(Unsafe)
        && !(OperatingSystem.IsWindows() && (text.Contains(':', StringComparison.Ordinal) || text[^1] is '.' or ' '));

    public static bool IsUrlOfAnyScheme(string place) => place.Contains("://", StringComparison.Ordinal);

    public static bool IsHttp(string place) =>
        place.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A template with 0 in place of each placeholder.</summary>
    public static string LiteralOf(string template, Placeholder[] placeholders) => string.Join('0', LiteralsOf(template, placeholders));

    private static string[] LiteralsOf(string template, Placeholder[] placeholders)
    {
        IEnumerable<int> starts = placeholders.Select(static placeholder => placeholder.End).Prepend(0);
        IEnumerable<int> ends = placeholders.Select(static placeholder => placeholder.Start).Append(template.Length);
        return [.. starts.Zip(ends, (start, end) => Unescaped(template[start..end]))];
    }

    private static string Unescaped(string literal) =>
        literal.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
}
