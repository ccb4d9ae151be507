using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Etl.Host.Explain;
using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;

namespace Etl.Host.Json;

/// <summary>A movie explained, of <c>etl explain --json</c> and of the API.</summary>
internal sealed class ExplanationJson(Explanation explanation)
{
    public string? Id => explanation.Id;

    /// <summary>The settings that palettes are made with today.</summary>
    public string Settings => explanation.Settings;

    /// <summary>The number of rows that have the id.</summary>
    public long Count => explanation.Count;

    /// <summary>The first of the rows, in the order of the row key.</summary>
    public IReadOnlyList<RowExplanationJson> Items { get; } = [.. explanation.Rows.Select(static row => new RowExplanationJson(row))];
}

/// <summary>A row of the table of movies, its cover, and what the next run does with it.</summary>
internal sealed class RowExplanationJson(RowExplanation explanation)
{
    private readonly MovieRow _row = explanation.Facts.Row;

    /// <summary>The rowid, or the values of the primary key.</summary>
    public IReadOnlyList<string> RowKey => _row.Movie.Key.Shown();

    public string? Id => _row.Movie.Id.Shown;

    /// <summary>The type that SQLite stores: <c>integer</c>, <c>text</c>, <c>real</c> or <c>blob</c>.</summary>
    public string IdType => _row.Movie.Id.StoredType();

    /// <summary>Whether the row passes <c>Etl:Query:Where</c>.</summary>
    public bool IsMovie => _row.IsMovie;

    /// <summary><c>missing</c>, <c>present</c> or <c>unreadable</c>.</summary>
    public string PaletteState => JsonNamingPolicy.CamelCase.ConvertName(_row.State.ToString());

    public Palette? Palette => _row.Palette;

    /// <summary>The value in place of a palette; null when it is one.</summary>
    public string? PaletteText => _row.Palette is null ? _row.Text : null;

    /// <summary>The values of the columns beside the palette.</summary>
    public JsonObject Columns { get; } = ColumnsJson.Of(explanation.Facts.Row.Columns);

    /// <summary>The value of the cover column; null without that column.</summary>
    public string? CoverLocation => _row.Movie.Location;

    public ProvenanceJson? Provenance => _row.Provenance is null ? null : new(_row.Provenance, explanation.Facts);

    public DeadLetterJson? DeadLetter => _row.DeadLetter is null ? null : new(_row.DeadLetter, explanation.NextAt);

    /// <summary>The damage of the cover that the palette was made of.</summary>
    public DamagedPaletteJson? Damage => _row.Damage is null ? null : new(_row.Damage);

    public ExtractionJson Extraction { get; } = new(explanation.Facts.Cover);

    public NextRunJson NextRun => new(JsonNamingPolicy.CamelCase.ConvertName(explanation.NextRun.Action.ToString()), explanation.NextRun.Message);
}

/// <summary>The settings and the cover that a palette was made from.</summary>
internal sealed class ProvenanceJson(StoredProvenance provenance, RowFacts facts)
{
    public string Settings => provenance.Settings;

    public DateTimeOffset At => provenance.At;

    public long? CoverBytes => provenance.Version?.Size;

    public string? CoverModifiedAt => provenance.Version?.Modified is { } modified ? CatalogueTime.Format(modified) : null;

    public string? CoverEtag => provenance.Version?.ETag;

    /// <summary>The xxHash128 of the cover's bytes, in hexadecimal.</summary>
    public string? CoverHash => ExtractionJson.HashOf(provenance.Content);

    /// <summary>Whether the palette is still the recorded one.</summary>
    public bool IsOfPalette => provenance.IsOfPalette;

    /// <summary>Whether today's settings differ.</summary>
    public bool? IsSettingsStale => facts.IsSettingsStale;

    /// <summary>Whether the content of the cover differs; null when it cannot be compared.</summary>
    public bool? IsCoverStale => facts.IsCoverStale;
}

/// <summary>The cover fetched, decoded and quantized now. Values that a failure has prevented are null.</summary>
internal sealed class ExtractionJson(CoverExamination cover)
{
    private const int Decimals = 6;

    /// <summary>The locations, in the order in which they are tried.</summary>
    public IReadOnlyList<LocationJson> Locations { get; } =
        [.. cover.Locations.Select(static at => new LocationJson(at.Location, JsonNamingPolicy.CamelCase.ConvertName(at.Outcome.ToString())))];

    public string? Format => cover.Format;

    public long? CoverBytes => cover.Bytes ?? cover.Version?.Size;

    public string? CoverModifiedAt => cover.Version?.Modified is { } modified ? CatalogueTime.Format(modified) : null;

    public string? CoverEtag => cover.Version?.ETag;

    /// <summary>The xxHash128 of the cover's bytes, in hexadecimal.</summary>
    public string? CoverHash => HashOf(cover.Content);

    /// <summary>Pixels of a row of the cover.</summary>
    public long? Width => cover.Decoding?.Width ?? cover.PromisedSize?.Width;

    public long? Height => cover.Decoding?.Height ?? cover.PromisedSize?.Height;

    public string? Decoder => cover.Decoding?.Decoder;

    /// <summary>Pixels of a row as it was decoded, which is less at a scale.</summary>
    public long? DecodedWidth => cover.Decoding?.DecodedWidth;

    public long? DecodedHeight => cover.Decoding?.DecodedHeight;

    /// <summary>Distance of two counted pixels, or side of the areas that are averaged.</summary>
    public long? SampleStep => cover.Decoding?.Step;

    /// <summary>The colour space whose colours were counted as sRGB; null for none.</summary>
    public string? UnconvertedColors => cover.Decoding?.Unconverted;

    /// <summary>The number of counted pixels.</summary>
    public long? SampledPixels => cover.Pixels;

    /// <summary>The palette that a run would make.</summary>
    public Palette? Palette => cover.Palette;

    /// <summary>The values of the other columns; empty when the cover failed.</summary>
    public JsonObject Columns { get; } = ColumnsJson.Of(cover.Columns ?? []);

    public double? FetchSeconds => Seconds(cover.FetchTime);

    public double? DecodeSeconds => Seconds(cover.Decoding?.Elapsed);

    public double? QuantizeSeconds => Seconds(cover.QuantizeTime);

    /// <summary>The stage that failed.</summary>
    public string? Stage => cover.Failure?.Stage;

    public string? Reason => cover.Failure?.Reason.Name();

    /// <summary>The failure, or the damage of the cover, in one sentence.</summary>
    public string? Message => cover.Failure?.Message ?? cover.Damage;

    public static string? HashOf(UInt128? content) => content?.ToString("x32", CultureInfo.InvariantCulture);

    private static double? Seconds(TimeSpan? time) => time is { } elapsed ? Math.Round(elapsed.TotalSeconds, Decimals) : null;
}

/// <summary>A location of covers.</summary>
/// <param name="Location">The path or URL, without the query of a URL.</param>
/// <param name="Outcome"><c>found</c>, <c>absent</c>, <c>refused</c>, <c>failed</c> or <c>notTried</c>.</param>
internal sealed record LocationJson(string Location, string Outcome);

/// <summary>The action of the next run for a row.</summary>
/// <param name="Action"><c>make</c>, <c>complete</c>, <c>makeAgain</c>, <c>fail</c>, <c>send</c> or <c>leave</c>.</param>
/// <param name="Message">The same with the reason.</param>
internal sealed record NextRunJson(string Action, string Message);
