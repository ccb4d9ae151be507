using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Formats.Avif;

namespace Etl.Fuzz;

/// <summary>Reads the container of a file: what the project's own readers find in it before a codec sees it. Nothing may be outside of the file.</summary>
internal static class ContainerTarget
{
    public static void Run(Stream input)
    {
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        byte[] file = bytes.ToArray();
        foreach (CoverFormat format in CoverFormats.All.Where(format => format.Matches(file)))
        {
            Read(format, file, format.HasEnd(file));
        }

        if (AvifPicture.Read(file) is { } picture)
        {
            Check(picture, file);
        }
    }

    private static void Read(CoverFormat format, byte[] file, bool hasEnd)
    {
        (long width, long height) = format.PromisedSize(file);
        if (width < 0 || height < 0)
        {
            throw new InvalidOperationException($"The size is {width} x {height}.");
        }

        if (format is SkiaFormat skia)
        {
            skia.IsStreamed(file);
            skia.FindDamage(file, hasEnd, isChecked: false);
        }
    }

    private static void Check(AvifPicture picture, byte[] file)
    {
        foreach (AvifLayer layer in picture.Alpha is null ? [picture.Colors] : (AvifLayer[])[picture.Colors, picture.Alpha])
        {
            if (layer.Tiles.Count == 0 || layer.Tiles.Any(tile => tile.Sum(range => file.AsSpan()[range].Length) == 0))
            {
                throw new InvalidOperationException("A tile has no data.");
            }
        }

        if (picture.Placement is not { Width: > 0, Height: > 0 })
        {
            throw new InvalidOperationException("The picture has no pixels.");
        }

        _ = file.AsSpan()[picture.Profile];
    }
}
