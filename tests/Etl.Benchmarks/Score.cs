using System.Text;
using System.Text.Json;
using Etl.Host.Bench;
using Etl.Host.Bench.Quality;
using Etl.Host.Json;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary><c>score</c>: the quality of the palettes that other programs made of covers; tests/comparison uses it.</summary>
internal static class Score
{
    private const string Json = "--json";

    /// <param name="arguments">A folder of covers, and a file for each program. A line of it is a JSON object: the name of a cover's file,
    /// its palette, and optionally the palettes of the re-encoded cover. Covers that one of the programs has no palette of do not count.
    /// Last, optionally, <c>--json</c>.</param>
    public static void Run(string[] arguments)
    {
        string[] files = [.. arguments[1..].Where(static argument => argument != Json)];
        Dictionary<string, CoverPalettes>[] programs = [.. files.Select(Read)];
        string[] names = [.. programs.Select(static program => program.Keys).Aggregate<IEnumerable<string>>(Enumerable.Intersect).Order(StringComparer.Ordinal)];
        CoverQuality[][] covers =
        [
            .. names.AsParallel().AsOrdered().Select(name => Measure(Path.Combine(arguments[0], name), programs.Select(program => program[name]))),
        ];
        var result = new QualityResult(
            LeftOut: 0,
            [.. files.Select((file, i) => new ModeQuality(Path.GetFileNameWithoutExtension(file), [.. covers.Select(cover => cover[i])]))]);
        if (arguments[^1] == Json)
        {
            EtlJson.WriteLine(Console.Out, new QualityJson(result), EtlJson.Readable.QualityJson);
        }
        else
        {
            QualityTable.Write(Console.Out, result);
        }
    }

    private static CoverQuality[] Measure(string path, IEnumerable<CoverPalettes> programs)
    {
        using Cover cover = BenchFolder.Read(path);
        using var decoded = FullSizeCover.Decode(cover);
        var truth = CoverTruth.Of(decoded);
        return [.. programs.Select(palettes => CoverQuality.Of(truth, palettes))];
    }

    private static Dictionary<string, CoverPalettes> Read(string file)
    {
        var palettes = new Dictionary<string, CoverPalettes>();
        foreach (string line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            if (PaletteOf(json.RootElement, "palette") is { } palette)
            {
                palettes[json.RootElement.GetProperty("file").GetString()!] = new CoverPalettes(palette, FullSize: null, ReencodedOf(json.RootElement));
            }
        }

        return palettes;
    }

    private static Palette[] ReencodedOf(JsonElement cover)
    {
        Palette?[] reencoded = cover.TryGetProperty("reencoded", out JsonElement again) ? [.. Reencoding.All.Select(way => PaletteOf(again, way.Name))] : [];
        return reencoded.Contains(null) ? [] : [.. reencoded.OfType<Palette>()];
    }

    /// <summary>A palette; null when there is none.</summary>
    private static Palette? PaletteOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement palette) && PaletteJson.TryRead(Encoding.UTF8.GetBytes(palette.GetRawText()), out Palette colors)
            ? colors
            : null;
}
