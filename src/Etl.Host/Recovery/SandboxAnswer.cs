using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Host.Recovery;

/// <summary>The answer of a sandbox's process for a cover: a histogram, or the failure.</summary>
internal static class SandboxAnswer
{
    public static void Write(Stream stream, DecodedCover decoded)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        ColorHistogram histogram = decoded.Histogram;
        writer.Write(true);
        writer.Write(decoded.Damage ?? "");
        Write(writer, decoded.Decoding);
        Write(writer, decoded.Raster);
        writer.Write(histogram.HasCounts);
        writer.Write(histogram.Sums is not null);
        if (histogram.Sums is not null)
        {
            Write(writer, histogram.Sums);
            Write(writer, histogram.TransparentSums);
        }

        if (histogram.HasCounts)
        {
            writer.Write(histogram.White);
            writer.Write(!histogram.Transparent.IsEmpty);
            writer.Write(MemoryMarshal.AsBytes(histogram.Counts));
            writer.Write(MemoryMarshal.AsBytes(histogram.Transparent));
        }
    }

    public static void Write(Stream stream, FailureReason reason, string message)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(false);
        writer.Write((int)reason);
        writer.Write(message);
    }

    /// <exception cref="CoverException">The answer is that the cover cannot be decoded.</exception>
    /// <exception cref="EndOfStreamException">The answer is not whole.</exception>
    public static DecodedCover Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (!reader.ReadBoolean())
        {
            throw new CoverException((FailureReason)reader.ReadInt32(), reader.ReadString());
        }

        string damage = reader.ReadString();
        CoverDecoding decoding = ReadDecoding(reader);
        Raster? raster = ReadRaster(reader);
        var histogram = new ColorHistogram(hasCounts: reader.ReadBoolean(), hasSums: reader.ReadBoolean());
        try
        {
            Read(reader, histogram);
            return new DecodedCover(histogram, damage.Length > 0 ? damage : null) { Decoding = decoding, Raster = raster };
        }
        catch
        {
            histogram.Dispose();
            throw;
        }
    }

    private static void Write(BinaryWriter writer, in CoverDecoding decoding)
    {
        writer.Write(decoding.Decoder ?? "");
        writer.Write(decoding.Format ?? "");
        writer.Write(decoding.Width);
        writer.Write(decoding.Height);
        writer.Write(decoding.DecodedWidth);
        writer.Write(decoding.DecodedHeight);
        writer.Write(decoding.Step);
        writer.Write(decoding.Unconverted ?? "");
        writer.Write(decoding.Elapsed?.Ticks ?? 0);
    }

    private static CoverDecoding ReadDecoding(BinaryReader reader)
    {
        string decoder = reader.ReadString();
        var decoding = new CoverDecoding(
            decoder.Length > 0 ? decoder : null,
            reader.ReadString(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32());
        decoding = reader.ReadString() is { Length: > 0 } space ? decoding with { Unconverted = space } : decoding;
        return reader.ReadInt64() is > 0 and var ticks ? decoding with { Elapsed = TimeSpan.FromTicks(ticks) } : decoding;
    }

    private static void Write(BinaryWriter writer, Raster? raster)
    {
        writer.Write(raster?.Width ?? 0);
        if (raster is not null)
        {
            writer.Write(raster.Height);
            writer.Write(raster.Rgba);
        }
    }

    private static Raster? ReadRaster(BinaryReader reader)
    {
        int width = reader.ReadInt32();
        if (width == 0)
        {
            return null;
        }

        int height = reader.ReadInt32();
        uint[] pixels = new uint[width * height];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(pixels.AsSpan()));
        return new Raster(width, height, pixels);
    }

    private static void Read(BinaryReader reader, ColorHistogram histogram)
    {
        if (histogram.Sums is not null)
        {
            Read(reader, reader.ReadInt32(), histogram.Sums);
            if (reader.ReadInt32() is > 0 and var transparent)
            {
                Read(reader, transparent, histogram.TransparentSummed);
            }
        }

        if (histogram.HasCounts)
        {
            histogram.White = reader.ReadInt32();
            bool hasTransparent = reader.ReadBoolean();
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(histogram.Counters));
            if (hasTransparent)
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(histogram.TransparentCounters));
            }
        }
    }

    private static void Write(BinaryWriter writer, BinSums? sums)
    {
        writer.Write(sums?.Count ?? 0);
        for (int i = 0; i < sums?.Count; i++)
        {
            writer.Write(sums.Bins[i]);
            writer.Write(MemoryMarshal.AsBytes(sums.Sums.Slice(i, 1)));
        }
    }

    private static void Read(BinaryReader reader, int bins, BinSums sums)
    {
        for (int left = bins; left > 0; left--)
        {
            int bin = reader.ReadUInt16();
            Vector128<uint> sum = default;
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<Vector128<uint>>(ref sum)));
            sums.Add(bin, sum);
        }
    }
}
