using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Damaged copies of the JPEG posters beside the repository: of each of 90 one that lost 200 bytes, and one with 4 KiB of zeros.</summary>
internal static class DamagedPosters
{
    private const int Posters = 90;
    private const int Lost = 200;
    private const int Zeros = 4 << 10;

    /// <summary>The copies, the same in every run.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } = [.. Make()];

    /// <summary>One of the project's own files that lacks some bytes in the middle of its coded data.</summary>
    public static byte[] WithoutBytes(string file)
    {
        byte[] jpeg = Asset.Bytes(file);
        int middle = (JpegHeader.Read(jpeg).FirstScan + jpeg.Length) / 2;
        return [.. jpeg[..middle], .. jpeg[(middle + 40)..]];
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Make()
    {
        var random = new Random(180);
        string[] files = [.. JpegFiles.Posters];
        random.Shuffle(files);
        foreach (string file in files.Take(Posters))
        {
            byte[] whole = File.ReadAllBytes(file);
            string name = Path.GetFileNameWithoutExtension(file);
            int at = Place(random, whole, Lost);
            yield return ($"{name} lost {at}", [.. whole[..at], .. whole[(at + Lost)..]]);

            at = Place(random, whole, Zeros);
            byte[] zeroed = [.. whole];
            zeroed.AsSpan(at, Zeros).Clear();
            yield return ($"{name} zeroed {at}", zeroed);
        }
    }

    /// <summary>A place behind the header of the first scan, and before the end-of-image marker.</summary>
    private static int Place(Random random, byte[] jpeg, int length) =>
        random.Next(JpegHeader.Read(jpeg).FirstScan + 20, jpeg.Length - length - 2);
}
