using System.Runtime.Intrinsics;
using PaletteEtl.Covers.Formats.Avif;

namespace PaletteEtl.Covers.Formats;

/// <summary>The decoded frames of a layer, which lie beside and below each other.</summary>
internal sealed class Dav1dLayer : IDisposable
{
    private readonly AvifLayer _layer;
    private readonly List<Dav1dFrame> _frames = [];

    private Dav1dLayer(AvifLayer layer) => _layer = layer;

    /// <summary>Pixels of a buffer for a row: whole vectors are written.</summary>
    public static int RoomFor(int width) => width + Vector256<uint>.Count;

    /// <summary>Decodes the frames; null when one is damaged, or is not as the file says.</summary>
    public static Dav1dLayer? Decode(ReadOnlySpan<byte> file, AvifLayer layer, Deadline deadline)
    {
        var decoded = new Dav1dLayer(layer);
        try
        {
            foreach (IReadOnlyList<Range> tile in layer.Tiles)
            {
                if (Dav1dDecoder.Decode(file, tile, layer.TileWidth * layer.TileHeight) is not { } frame)
                {
                    return null;
                }

                decoded._frames.Add(frame);
                if (!IsAsPromised(frame.Samples, layer))
                {
                    return null;
                }

                deadline.ThrowIfPassed();
            }

            (Dav1dLayer whole, decoded) = (decoded, null);
            return whole;
        }
        finally
        {
            decoded?.Dispose();
        }
    }

    /// <summary>Converts a row to opaque pixels.</summary>
    public void ConvertRow(ColorDescription description, int row, Span<uint> pixels)
    {
        var colors = new YuvColors(_layer.Format, description);
        for (int column = 0; column < _layer.Columns; column++)
        {
            YuvFrame frame = FrameAt(column, row);
            colors.Convert(frame, row % _layer.TileHeight, pixels[(column * _layer.TileWidth)..]);
        }
    }

    /// <summary>Sets the alpha of a row of pixels.</summary>
    public void SetAlpha(int row, Span<uint> pixels)
    {
        for (int column = 0; column < _layer.Columns; column++)
        {
            YuvColors.SetAlpha(FrameAt(column, row), row % _layer.TileHeight, pixels[(column * _layer.TileWidth)..]);
        }
    }

    public void Dispose() => _frames.ForEach(static frame => frame.Dispose());

    private static bool IsAsPromised(in YuvFrame frame, AvifLayer layer) =>
        (frame.Width, frame.Height) == (layer.TileWidth, layer.TileHeight)
        && (frame.Format == layer.Format || (frame.Format.IsGrey && layer.Format.IsGrey && frame.Format.Bits == layer.Format.Bits));

    /// <summary>The frame of a column and a row, without what is beyond the layer.</summary>
    private YuvFrame FrameAt(int column, int row) => _frames[(row / _layer.TileHeight * _layer.Columns) + column].Samples with
    {
        Width = Math.Min(_layer.TileWidth, _layer.Width - (column * _layer.TileWidth)),
    };
}
