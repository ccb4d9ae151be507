namespace Etl.IntegrationTests.Hostile;

/// <summary>Covers damaged in every way a file gets damaged, and in those an attacker chooses; the same for the same number.</summary>
internal sealed class Mutants(IReadOnlyList<byte[]> seeds)
{
    public const string CutOff = "cut off";

    private const int Header = 1_024;
    private const int MostBytes = 256 << 10;

    private static readonly string[] Folders = ["covers", "formats", "derived"];

    /// <summary>Creates mutants of the project's own images and of the reference images beside the repository.</summary>
    public static Mutants OfAllImages()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Asset.PathOf("")).Order(StringComparer.Ordinal);
        if (ReferenceImages.Folder is not null)
        {
            files = files.Concat(Folders.SelectMany(ReferenceImages.In).Select(image => image.Path));
        }

        return Of(files);
    }

    /// <summary>Of some images, but for the largest: they are many times on the disk.</summary>
    public static Mutants Of(IEnumerable<string> files, int mostBytes = MostBytes) =>
        new([.. files.Where(file => new FileInfo(file).Length <= mostBytes).Select(File.ReadAllBytes)]);

    public Mutant Make(int number)
    {
        var random = new Random(number);
        byte[] whole = seeds[random.Next(seeds.Count)];
        byte[] damaged = [.. whole];
        switch (number % 5)
        {
            case 0:
                Flip(damaged, random);
                return new Mutant("bits flipped", damaged);
            case 1:
                Overwrite(damaged, random);
                return new Mutant("bytes overwritten", damaged);
            case 2:
                return new Mutant(CutOff, damaged[..random.Next(damaged.Length)]);
            case 3:
                return new Mutant("spliced", Splice(damaged, seeds[random.Next(seeds.Count)], random));
            default:
                ChangeLength(damaged, random);
                return new Mutant("length changed", damaged);
        }
    }

    private static void Flip(byte[] bytes, Random random)
    {
        for (int time = random.Next(1, 17); time > 0; time--)
        {
            bytes[Place(bytes, random)] ^= (byte)(1 << random.Next(8));
        }
    }

    private static void Overwrite(byte[] bytes, Random random)
    {
        int from = Place(bytes, random);
        Span<byte> run = bytes.AsSpan(from, Math.Min(random.Next(1, 65), bytes.Length - from));
        if (random.Next(2) == 0)
        {
            random.NextBytes(run);
        }
        else
        {
            run.Fill((byte)(random.Next(2) * 0xFF));
        }
    }

    private static byte[] Splice(byte[] header, byte[] body, Random random)
    {
        int length = random.Next(1, Math.Min(header.Length, Header));
        return [.. header.AsSpan(0, length), .. body.AsSpan(Math.Min(length, body.Length))];
    }

    private static void ChangeLength(byte[] bytes, Random random)
    {
        (int at, int size)[] fields = [.. LengthFields.Of(bytes)];
        (int at, int size) = fields[random.Next(fields.Length)];
        Span<byte> field = bytes.AsSpan(at, size);
        switch (random.Next(3))
        {
            case 0:
                random.NextBytes(field);
                break;
            case 1:
                field[random.Next(size)] ^= (byte)(1 << random.Next(8));
                break;
            default:
                field.Fill((byte)(random.Next(2) * 0xFF));
                break;
        }
    }

    /// <summary>Half of all damage is done to the header, which is a small part of a file.</summary>
    private static int Place(byte[] bytes, Random random) =>
        random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, Header) : bytes.Length);
}
