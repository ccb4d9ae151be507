using System.Globalization;
using Etl.Host.Explain;
using Etl.Host.Run;
using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;
using Spectre.Console;

namespace Etl.Host.Commands;

/// <summary>An explanation as lines of text: a name, and what is known.</summary>
internal sealed class ExplanationOutput
{
    /// <summary>Maximum number of characters of a value that is no palette.</summary>
    private const int MaxValue = 200;

    private readonly IAnsiConsole _console;
    private readonly TextWriter _output;

    private ExplanationOutput(TextWriter output) => (_console, _output) = (Terminal.On(output), output);

    /// <summary>Writes an explanation, with swatches where the terminal has colours.</summary>
    public static void Write(TextWriter output, Explanation explanation)
    {
        var lines = new ExplanationOutput(output);
        if (explanation.Count > 1)
        {
            string shown = explanation.Count > explanation.Rows.Count ? $"; the first {explanation.Rows.Count} are:" : ":";
            output.WriteLine(Printable.Line($"{Printable.Count(explanation.Count, "row")} have the id {explanation.Id}{shown}"));
            output.WriteLine();
        }

        for (int i = 0; i < explanation.Rows.Count; i++)
        {
            if (i > 0)
            {
                output.WriteLine();
            }

            lines.Write(explanation.Rows[i], explanation.Settings);
        }
    }

    private void Write(RowExplanation explanation, string settings)
    {
        MovieRow row = explanation.Facts.Row;
        Write("movie", $"{row.Movie.Id} ({row.Movie.Id.StoredType()}), row key {string.Join(", ", row.Movie.Key.Shown())}");
        Write("location", row.Movie.Location);
        WritePalette(row);
        foreach ((string name, object? value) in row.Columns)
        {
            Write(name, Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "missing");
        }

        Write(row.Provenance, explanation.Facts);
        Write("damage", row.Damage?.Message);
        Write(row, explanation.NextAt);
        Write(explanation.Facts.Cover, settings);
        Write("next run", explanation.NextRun.Message);
    }

    private void WritePalette(MovieRow row)
    {
        if (row.Palette is { } palette)
        {
            Write("palette", palette);
        }
        else
        {
            Write("palette", row.State == PaletteState.Missing ? "missing" : $"unreadable: {Shortened(row.Text!)}");
        }
    }

    private void Write(StoredProvenance? made, RowFacts facts)
    {
        if (made is null)
        {
            return;
        }

        Write("made", $"{Seconds(made.At)}, {made.Settings}{(made.IsOfPalette ? "" : "; replaced by another program since")}");
        Write("made from", VersionOf(made.Version, made.Content));
        string cover = facts.IsCoverStale is { } isStale ? (isStale ? "changed" : "same") : "not comparable";
        Write("since then", $"settings {(facts.IsSettingsStale == true ? "changed" : "same")}, cover {cover}");
    }

    private void Write(MovieRow row, DateTimeOffset? nextAt)
    {
        if (row.DeadLetter is not { } letter)
        {
            return;
        }

        Write(
            "dead letter",
            $"{letter.Reason} in {letter.Stage}, {Printable.Count(letter.Attempts, "attempt")}, "
            + $"first {Printable.ToSeconds(letter.FirstAt)}, last {Printable.ToSeconds(letter.LastAt)}");
        Write("", letter.Message);
        string service = nextAt is { } due ? $"at {Seconds(due)}" : "now";
        Write("retry", row.Movie.Previous is { Stands: true }
            ? $"when the cover has changed, or after 'etl dead-letters --retry'; a service looks at the cover {service}"
            : $"by the next run; by a service {service}");
    }

    private void Write(CoverExamination cover, string settings)
    {
        for (int i = 0; i < cover.Locations.Count; i++)
        {
            Write(i == 0 ? "locations" : "", $"{cover.Locations[i].Location}: {OutcomeOf(cover.Locations[i].Outcome)}");
        }

        Write("cover", CoverOf(cover));
        Write("version", VersionOf(cover.Version, cover.Content));
        Write("decoder", DecoderOf(cover));
        Write("colours", cover.Decoding?.Unconverted is { } space ? $"counted as sRGB: {space} is not converted" : null);
        Write("damage now", cover.Damage);
        Write("settings", settings);
        if (cover.Palette is { } palette)
        {
            Write("palette now", palette);
            foreach (ColumnValue column in cover.Columns ?? [])
            {
                Write($"{column.Column} now", Convert.ToString(column.Value, CultureInfo.InvariantCulture));
            }
        }

        Write("time", TimeOf(cover));
        Write("failure", cover.Failure is { } failure ? $"{failure.Reason.Name()} in {failure.Stage}: {failure.Message}" : null);
    }

    private static string? CoverOf(CoverExamination cover)
    {
        (long Width, long Height)? size = cover.Decoding is { } decoding ? (decoding.Width, decoding.Height) : cover.PromisedSize;
        return cover.Bytes is not { } bytes ? null
            : $"{cover.Format ?? "unknown format"}, {RunSummary.Number(bytes)} bytes{(size is { } pixels ? $", {SizeOf(pixels.Width, pixels.Height)} pixels" : "")}";
    }

    private static string? VersionOf(CoverVersion? version, UInt128? content)
    {
        string[] parts =
        [
            .. version?.Size is { } size ? [$"{RunSummary.Number(size)} bytes"] : Array.Empty<string>(),
            .. version?.Modified is { } modified ? [$"modified {Seconds(modified)}"] : Array.Empty<string>(),
            .. version?.ETag is { } tag ? [$"ETag {tag}"] : Array.Empty<string>(),
            .. content is { } hash ? [string.Create(CultureInfo.InvariantCulture, $"hash {hash:x32}")] : Array.Empty<string>(),
        ];
        return parts is [] ? null : string.Join(", ", parts);
    }

    private static string? DecoderOf(CoverExamination cover) => cover is { Decoding: { } decoding, Pixels: { } pixels }
        ? $"{decoding.Decoder ?? "unknown"} at {SizeOf(decoding.DecodedWidth, decoding.DecodedHeight)}, step {decoding.Step}, {RunSummary.Number(pixels)} pixels counted"
        : null;

    private static string TimeOf(CoverExamination cover) => string.Join(
        ", ",
        new[] { ("fetch", (TimeSpan?)cover.FetchTime), ("decode", cover.Decoding?.Elapsed), ("quantize", cover.QuantizeTime) }
            .Where(static stage => stage.Item2 is not null)
            .Select(static stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Item1} {stage.Item2!.Value.TotalMilliseconds:0.00} ms")));

    private static string OutcomeOf(LocationOutcome outcome) => outcome == LocationOutcome.NotTried ? "not tried" : outcome.ToString().ToLowerInvariant();

    private static string? SharesOf(IReadOnlyList<double>? shares) =>
        shares is null ? null : string.Join(", ", shares.Select(static share => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %")));

    private static string SizeOf(long width, long height) => string.Create(CultureInfo.InvariantCulture, $"{width} x {height}");

    private static string Seconds(DateTimeOffset time) => Printable.ToSeconds(CatalogueTime.Format(time));

    private static string Shortened(string text) => text.Length > MaxValue ? $"{text[..MaxValue]}..." : text;

    private void Write(string name, in Palette palette)
    {
        _output.Write($"{name,-13}");
        ImageOutput.WritePalette(_console, palette);
        _output.WriteLine();
    }

    /// <summary>Writes a line; none for null.</summary>
    private void Write(string name, string? text)
    {
        if (text is not null)
        {
            _output.WriteLine(Printable.Line($"{name,-13}{text}"));
        }
    }
}
