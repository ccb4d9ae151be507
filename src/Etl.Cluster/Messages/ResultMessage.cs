using System.Text.Json;
using System.Text.Json.Serialization;
using PaletteEtl.Columns;
using PaletteEtl.Palettes;

namespace Etl.Cluster.Messages;

/// <summary>The results of the movies of one message.</summary>
internal sealed record ResultMessage(MovieResult[] Movies);

/// <summary>The result of a movie: a palette, or a failure.</summary>
/// <param name="Key">The movie, as the coordinator knows it.</param>
/// <param name="Colors">Three bytes a colour.</param>
/// <param name="Shares">The colours' shares of the pixels in ten thousandths, where they are known.</param>
/// <param name="Version">The version of the cover.</param>
/// <param name="Failure">Why there is no palette.</param>
/// <param name="Damage">The damage of the cover that the palette was made of all the same; only for coordinators that read it.</param>
/// <param name="Content">The hash of the cover's content, 32 hexadecimal digits; only for coordinators that read it.</param>
/// <param name="Columns">The values of the other columns, texts and integers; only if the run has any.</param>
/// <param name="IsCurrent">Whether the cover is the one that the palette was made from; only if the coordinator asked.</param>
internal sealed record MovieResult(
    string Key,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Colors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]? Shares = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CoverVersion? Version = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ResultFailure? Failure = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Damage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement[]? Columns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsCurrent = false)
{
    private const int Channels = 3;
    private const double Whole = 10_000;

    public static MovieResult Of(string key, Item<Palette> item) => item switch
    {
        { Failure: { } failure } => new(key, Version: item.Version, Failure: ResultFailure.Of(failure)),
        { IsCurrent: true } => new(key, Version: item.Version, IsCurrent: true),
        { IsSkipped: true } => new(key, Version: item.Version, Failure: ResultFailure.Unchanged(item.Movie.Previous!, item.Version)),
        _ => new(
            key,
            item.Movie.StoredPalette is null ? ColorsOf(item.Value) : null, // which the coordinator has
            item.Movie.StoredPalette is null && item.Value.HasPopulation ? SharesOf(item.Value) : null,
            item.Version,
            Damage: item.Damage,
            Content: KnownCover.Format(item.Content),
            Columns: item.Columns is { } columns ? [.. columns.Select(static column => ColumnJson.Write(column.Value))] : null),
    };

    /// <summary>The item of a movie with this outcome.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="columns">The names of the other columns.</param>
    public Item<Palette> Complete(Item<Movie> movie, IReadOnlyList<CoverColumn> columns) =>
        Failure is { Stands: true } ? movie.Skipped<Palette>(Failure.Version)
        : IsCurrent ? movie.Current<Palette>(Version)
        : Failure is not null ? movie.Failed<Palette>(Failure.ToFailure())
        : Colors is null && movie.Value!.StoredPalette is null ? movie.Failed<Palette>(new Failure(StageNames.Quantize, FailureReason.Internal, "A worker returned no palette.", Version))
        : movie.With(Colors is null ? Palette.Parse(movie.Value!.StoredPalette!) : ToPalette()) with
        {
            Version = Version,
            Damage = Damage,
            Content = KnownCover.Parse(Content),
            Columns = Columns is null ? null : [.. columns.Select((column, i) => new ColumnValue(column.Name, ColumnJson.Read(Columns[i])!))],
        };

    /// <summary>The result for a coordinator that does not know the reason <c>memory</c>: a timeout, which is tried again too.</summary>
    public MovieResult WithoutMemory() => Failure is { Reason: FailureReason.Memory }
        ? this with { Failure = Failure with { Reason = FailureReason.Timeout } }
        : this;

    /// <summary>Whether the worker could not fetch the cover, which another worker may be able to.</summary>
    [JsonIgnore]
    public bool IsUnreached => Failure is { Stage: StageNames.Fetch, Stands: false } failure
        && failure.Reason is FailureReason.NotFound or FailureReason.Forbidden or FailureReason.Unreachable or FailureReason.Timeout;

    /// <summary>Whether this is a palette with columns, or columns alone.</summary>
    /// <param name="maxColors">Maximum number of colours.</param>
    /// <param name="columns">The columns.</param>
    public bool IsPalette(int maxColors, IReadOnlyList<CoverColumn> columns) =>
        (Colors is null ? columns.Count > 0 : HasColors(maxColors))
        && (Columns?.Length ?? 0) == columns.Count
        && columns.Select((column, i) => ColumnJson.Read(Columns![i]) is { } value && column.Values.IsValue(value)).All(static isValue => isValue);

    private bool HasColors(int maxColors) =>
        Colors is { Length: > 0 } && Colors.Length % Channels == 0 && Colors.Length / Channels <= maxColors
        && (Shares is null || Shares.Length == Colors.Length / Channels)
        && Array.TrueForAll(Shares ?? [], static share => share is >= 0 and <= (int)Whole);

    private Palette ToPalette()
    {
        var palette = new PaletteBuilder();
        for (int i = 0; i < Colors!.Length / Channels; i++)
        {
            ReadOnlySpan<byte> color = Colors.AsSpan(i * Channels, Channels);
            palette.Add(new Rgb(color[0], color[1], color[2]), Shares is null ? 0 : Shares[i] / Whole);
        }

        return palette.ToPalette();
    }

    private static byte[] ColorsOf(Palette palette) => [.. palette.SelectMany(static color => new[] { color.R, color.G, color.B })];

    private static int[] SharesOf(Palette palette) =>
        [.. Enumerable.Range(0, palette.Count).Select(i => (int)Math.Round(palette.Population(i) * Whole))];
}

/// <summary>A failure as a message has it.</summary>
/// <param name="Stage">The stage that failed.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Version">The version of the cover, where it is known.</param>
/// <param name="Stands">Whether it is the failure of an earlier run over a cover that has not changed, so that the movie is skipped.</param>
internal sealed record ResultFailure(string Stage, FailureReason Reason, string Message, CoverVersion? Version, bool Stands = false)
{
    public static ResultFailure Of(Failure failure) => new(failure.Stage, failure.Reason, failure.Message, failure.Version);

    /// <summary>The cover has the version that failed before.</summary>
    public static ResultFailure Unchanged(DeadLetter previous, CoverVersion? version) =>
        new(StageNames.Fetch, previous.Reason, "The cover has not changed since it failed.", version, Stands: true);

    public Failure ToFailure() => new(Stage, Reason, Message, Version);
}
