#:package SkiaSharp
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
#:property PublishAot=false

// The usual way in .NET, to compare with: decode with SkiaSharp, resize to 128 pixels, k-means in RGB.
// dotnet skia-kmeans.dll FOLDER SECONDS: palettes of all covers, pass after pass for so many seconds, and what they took. See tool.mjs.
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using SkiaSharp;

const int Colors = 6, Side = 128, Passes = 20, WarmUp = 20;

(string folder, double seconds) = (args[0], double.Parse(args[1], CultureInfo.InvariantCulture));
string[] files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
var palettes = new Dictionary<string, int[][]?>(StringComparer.Ordinal);

Pass(files.Take(WarmUp));
long started = Stopwatch.GetTimestamp();
TimeSpan before = Environment.CpuUsage.TotalTime;
int covers = 0;
do
{
    Pass(files);
    covers += files.Length;
}
while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds);

Console.WriteLine(JsonSerializer.Serialize(new
{
    cpuMilliseconds = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / covers,
    coversPerSecond = covers / Stopwatch.GetElapsedTime(started).TotalSeconds,
    palettes,
}));

void Pass(IEnumerable<string> paths)
{
    foreach (string path in paths)
    {
        palettes[Path.GetFileName(path)] = PaletteOf(path);
    }
}

static int[][]? PaletteOf(string path)
{
    using SKBitmap? whole = SKBitmap.Decode(path);
    if (whole is null)
    {
        return null;
    }

    float scale = Math.Min(1, (float)Side / Math.Max(whole.Width, whole.Height));
    var size = new SKSizeI(Math.Max(1, (int)(whole.Width * scale)), Math.Max(1, (int)(whole.Height * scale)));
    using SKBitmap small = whole.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    return KMeans([.. small.Pixels.Where(static pixel => pixel.Alpha >= 125)]);
}

// Lloyd's algorithm from evenly spaced pixels; the most frequent colour first.
static int[][]? KMeans(SKColor[] pixels)
{
    if (pixels.Length == 0)
    {
        return null;
    }

    Span<Vector3> centers = stackalloc Vector3[Colors], sums = stackalloc Vector3[Colors];
    int[] counts = new int[Colors];
    Vector3[] points = [.. pixels.Select(static pixel => new Vector3(pixel.Red, pixel.Green, pixel.Blue))];
    for (int i = 0; i < Colors; i++)
    {
        centers[i] = points[i * (points.Length - 1) / (Colors - 1)];
    }

    for (int pass = 0; pass < Passes; pass++)
    {
        sums.Clear();
        counts.AsSpan().Clear();
        foreach (Vector3 point in points)
        {
            int nearest = 0;
            float least = float.MaxValue;
            for (int i = 0; i < Colors; i++)
            {
                float distance = Vector3.DistanceSquared(point, centers[i]);
                (nearest, least) = distance < least ? (i, distance) : (nearest, least);
            }

            sums[nearest] += point;
            counts[nearest]++;
        }

        for (int i = 0; i < Colors; i++)
        {
            centers[i] = counts[i] == 0 ? centers[i] : sums[i] / counts[i];
        }
    }

    return [.. centers.ToArray().Zip(counts).OrderByDescending(static pair => pair.Second).Select(static pair => Rounded(pair.First))];
}

static int[] Rounded(Vector3 color) => [(int)MathF.Round(color.X), (int)MathF.Round(color.Y), (int)MathF.Round(color.Z)];
