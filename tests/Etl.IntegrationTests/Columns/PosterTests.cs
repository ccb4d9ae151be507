using System.Globalization;
using System.Text.Json;
using PaletteEtl.Columns;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Columns;

/// <summary>The columns of real posters.</summary>
public sealed class PosterTests
{
    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)]
    public async Task ExamineFile_EveryPoster_HasValuesAndTextThatCanBeRead(QuantizeAlgorithm algorithm)
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        IReadOnlyList<CoverColumn> columns = CoverColumns.Every(new ColumnOptions());
        var extractor = new PaletteExtractor(new EtlOptions { Quantize = { Algorithm = algorithm } }, columns);

        foreach (ReferenceImage poster in ReferenceImages.In("covers"))
        {
            ExtractedPalette examined = await extractor.ExamineFileAsync(poster.Path, TestContext.Current.CancellationToken);

            var values = examined.Columns.ToDictionary(static column => column.Column, static column => column.Value);
            Assert.All(columns, column => Assert.True(column.Values.IsValue(values[column.Name]), $"{poster.File}: {values[column.Name]}"));
            AssertLegible((string)values["dominant"], (string)values["textColor"], poster.File);
            using var swatches = JsonDocument.Parse((string)values["swatches"]);
            foreach (JsonProperty swatch in swatches.RootElement.EnumerateObject().Where(static swatch => swatch.Value.ValueKind != JsonValueKind.Null))
            {
                AssertLegible(swatch.Value.GetProperty("color").GetString()!, swatch.Value.GetProperty("text").GetString()!, poster.File);
            }
        }
    }

    private static void AssertLegible(string color, string text, string poster) =>
        Assert.True(Contrast.Ratio(Parse(color), Parse(text)) >= 4.5, $"{poster}: {text} on {color}");

    private static Rgb Parse(string hex)
    {
        int value = int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }
}
