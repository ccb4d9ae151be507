using System.Text.Json;
using PaletteEtl.Columns;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary>The colours of an image as custom properties of CSS.</summary>
internal static class ImageCss
{
    /// <summary>Writes a rule, after a comment with the name of the image.</summary>
    public static void Write(TextWriter output, ImageResult image, ColorFormat format)
    {
        output.WriteLine($"/* {Printable.Line(image.Source).Replace("*/", "* /", StringComparison.Ordinal)} */");
        output.WriteLine(":root {");
        int place = 0;
        foreach (Rgb color in image.Palette)
        {
            WriteProperty(output, $"color-{++place}", ColorText.Write(color, format));
        }

        foreach (ColumnValue column in image.Columns)
        {
            WriteColumn(output, column);
        }

        output.WriteLine("}");
    }

    private static void WriteColumn(TextWriter output, ColumnValue column)
    {
        switch (column.Column)
        {
            case "dominant" or "accent" or "textColor":
                WriteProperty(output, NameOf(column.Column), (string)column.Value);
                break;
            case "swatches":
                WriteSwatches(output, (string)column.Value);
                break;
        }
    }

    private static void WriteSwatches(TextWriter output, string json)
    {
        using var swatches = JsonDocument.Parse(json);
        foreach (JsonProperty swatch in swatches.RootElement.EnumerateObject().Where(static swatch => swatch.Value.ValueKind == JsonValueKind.Object))
        {
            WriteProperty(output, NameOf(swatch.Name), swatch.Value.GetProperty("color").GetString()!);
            WriteProperty(output, $"{NameOf(swatch.Name)}-text", swatch.Value.GetProperty("text").GetString()!);
        }
    }

    private static void WriteProperty(TextWriter output, string name, string value) => output.WriteLine($"  --{name}: {value};");

    /// <summary>A name with hyphens: <c>text-color</c>.</summary>
    private static string NameOf(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
