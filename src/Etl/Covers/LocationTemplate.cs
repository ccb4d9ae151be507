using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PaletteEtl.Covers;

/// <summary>The location of a cover, with <see cref="Placeholder">placeholders</see> for what the movie has. <c>{{</c> and <c>}}</c> are
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

    // The rules for {cover}; null when the template has none.
    private readonly StoredLocation? _stored;

    public LocationTemplate(string template)
    {
        _template = template;
        _placeholders = Placeholder.In(template);
        _literals = LiteralsOf(template, _placeholders);
        IsUrl = IsHttp(template);
        NamesCover = Array.Exists(_placeholders, static placeholder => placeholder.IsCover);
        NamesId = Array.Exists(_placeholders, static placeholder => !placeholder.IsCover);
        _stored = NamesCover ? new StoredLocation(_literals[0], _placeholders.Length == 1 ? _literals[1] : null, IsUrl) : null;
    }

    public bool IsUrl { get; }

    /// <summary>Whether the extension of the file is any that covers have.</summary>
    public bool HasAnyExtension => !IsUrl && _template.EndsWith(AnyExtension, StringComparison.Ordinal);

    /// <summary>Whether the place depends on the movie.</summary>
    public bool NamesMovie => _placeholders.Length > 0;

    /// <summary>Whether the movie's id is part of the place.</summary>
    public bool NamesId { get; }

    /// <summary>Whether the location that the movie's row has is part of the place.</summary>
    public bool NamesCover { get; }

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

    /// <summary>The place of one movie's cover.</summary>
    public CoverPlace PlaceOf(Movie movie)
    {
        if ((NamesId || !NamesCover) && !IsSafe(movie.Id))
        {
            return CoverPlace.Refused(FailureReason.InvalidId, $"The id {movie.Id} cannot be used in a path or URL.");
        }

        if (_stored is null)
        {
            return Filled(movie.Id.Text, location: null);
        }

        string location = movie.Location ?? "";
        return location.AsSpan().Trim('/').IsEmpty ? CoverPlace.None("the movie has no value of Etl:Query:CoverColumn")
            : location.Length > StoredLocation.MaxLength ? CoverPlace.Refused(FailureReason.Forbidden, "The location of the cover is too long for a path or URL.")
            : _stored.Whole(location) ?? Filled(movie.Id.Text, location);
    }

    /// <summary>Whether a path is the place of some movie's cover, when the template is no URL.</summary>
    public bool Matches(string path)
    {
        string pattern = string.Join(".+", _literals.Select(Regex.Escape));
        bool isOpen = NamesCover && _placeholders[^1].IsCover && _literals[^1].Length == 0; // a location has its extension
        pattern = isOpen ? pattern + CoverExtensions.Pattern
            : HasAnyExtension ? pattern[..^Regex.Escape(AnyExtension).Length] + CoverExtensions.Pattern : pattern;
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
    public static bool IsName(ReadOnlySpan<char> text) =>
        text is not ("." or "..")
        && !text.ContainsAny(Unsafe)
        && !(OperatingSystem.IsWindows() && (text.Contains(':') || text[^1] is '.' or ' '));

    public static bool IsUrlOfAnyScheme(string place) => place.Contains("://", StringComparison.Ordinal);

    public static bool IsHttp(string place) =>
        place.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private CoverPlace Filled(string? id, string? location)
    {
        var place = new DefaultInterpolatedStringHandler(_template.Length, _placeholders.Length);
        place.AppendLiteral(_literals[0]);
        for (int i = 0; i < _placeholders.Length; i++)
        {
            if (TextAt(i, id, location) is not { } text)
            {
                place.Clear();
                return _placeholders[i].IsCover
                    ? CoverPlace.Refused(FailureReason.Forbidden, $"The location {location} of the cover cannot be used in a path or URL.")
                    : CoverPlace.None("the id has no such part");
            }

            place.AppendLiteral(text);
            place.AppendLiteral(_literals[i + 1]);
        }

        return CoverPlace.At(place.ToStringAndClear());
    }

    /// <summary>The text in place of a placeholder; null when the movie has none.</summary>
    private string? TextAt(int i, string? id, string? location)
    {
        Placeholder placeholder = _placeholders[i];
        if (!placeholder.IsCover)
        {
            string? text = placeholder.Of(id!);
            return text is not null && IsUrl ? Uri.EscapeDataString(text) : text;
        }

        char? before = placeholder.Start == 0 ? null : _template[placeholder.Start - 1];
        return _stored!.Appended(location!, before, IsUrl && _template.AsSpan(0, placeholder.Start).Contains('?'));
    }

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
