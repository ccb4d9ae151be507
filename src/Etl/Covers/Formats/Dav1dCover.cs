using PaletteEtl.Covers.Formats.Avif;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>Decodes AVIF with the system's libdav1d to the same pixels as libvips, in a third of the time. libvips decodes covers that
/// libdav1d reports anything about, so that refusals have its reasons, and pictures for display.</summary>
internal sealed class Dav1dCover : OpenedCover
{
    private readonly AvifFormat _format;
    private readonly Deadline _deadline;
    private readonly AvifPicture _picture;
    private ColorProfile? _profile;

    private Dav1dCover(Cover cover, AvifFormat format, Deadline deadline, AvifPicture picture)
        : base(cover, picture.Placement.Width, picture.Placement.Height, BytesFor(cover, picture))
    {
        _format = format;
        _deadline = deadline;
        _picture = picture;
    }

    public override ColorProfile? Profile => _profile;

    protected override CoverFormat Format => _format;

    /// <summary>The cover; null when libvips decodes it.</summary>
    public static OpenedCover? TryOpen(Cover cover, AvifFormat format, in DecodeContext context) =>
        LibDav1d.IsFor(context.Options.Dav1d)
        && AvifPicture.Read(cover.Data.GetSpan()) is { } picture
        && (long)picture.Colors.Width * picture.Colors.Height <= context.Options.MaxPixels
            ? new Dav1dCover(cover, format, context.Deadline, picture)
            : null;

    public override CoverDecoding Sample(Sampling sampling, PixelCounter pixels)
    {
        _deadline.ThrowIfPassed();
        using Dav1dLayer? colors = Dav1dLayer.Decode(Cover.Data.GetSpan(), _picture.Colors, _deadline);
        using Dav1dLayer? alpha = colors is null || _picture.Alpha is null
            ? null
            : Dav1dLayer.Decode(Cover.Data.GetSpan(), _picture.Alpha, _deadline);
        if (colors is null || (alpha is null && _picture.Alpha is not null))
        {
            using var other = VipsCover.Open(Cover, _format);
            CoverDecoding byVips = other.Sample(sampling, pixels);
            _profile = other.Profile;
            return byVips;
        }

        AvifColors space = sampling.IsManaged ? AvifColors.Of(Cover.Data.GetSpan(), Cover.Data.GetSpan()[_picture.Profile]) : default;
        _profile = space.Matrix;
        PixelRows rows = Begin(pixels, sampling, DecoderNames.Dav1d, new SKSizeI(Width, Height), out CoverDecoding decoding);
        if (_picture.Placement.IsWhole)
        {
            SampleRows(colors, alpha, rows);
        }
        else
        {
            SamplePlaced(colors, rows);
        }

        return decoding with { Unconverted = space.Unconverted };
    }

    public override SKBitmap Shrink(SKSizeI box)
    {
        using var other = VipsCover.Open(Cover, _format);
        return other.Shrink(box);
    }

    public override void Dispose()
    {
    }

    private void SampleRows(Dav1dLayer colors, Dav1dLayer? alpha, PixelRows rows)
    {
        using PixelBuffer buffer = PixelBuffer.Rent(Dav1dLayer.RoomFor(Width), 1);
        for (int row = 0; row < Height; row++)
        {
            colors.ConvertRow(_picture.Description, row, buffer.Pixels);
            alpha?.SetAlpha(row, buffer.Pixels);
            rows.Add(buffer.Pixels[..Width], row);
        }
    }

    /// <summary>A picture that is turned, mirrored or cropped is held whole.</summary>
    private void SamplePlaced(Dav1dLayer colors, PixelRows rows)
    {
        (int width, int height) = (_picture.Colors.Width, _picture.Colors.Height);
        using PixelBuffer frame = PixelBuffer.Rent(width, height);
        using PixelBuffer buffer = PixelBuffer.Rent(Dav1dLayer.RoomFor(Math.Max(width, Width)), 1);
        for (int row = 0; row < height; row++)
        {
            colors.ConvertRow(_picture.Description, row, buffer.Pixels);
            buffer.Pixels[..width].CopyTo(frame.Pixels[(row * width)..]);
        }

        for (int row = 0; row < Height; row++)
        {
            _picture.Placement.CopyRow(frame.Pixels, row, buffer.Pixels);
            rows.Add(buffer.Pixels[..Width], row);
        }
    }

    /// <summary>As much as libvips takes, which may come after. The frames and the pixels take less.</summary>
    private static long BytesFor(Cover cover, AvifPicture picture) => VipsCover.BytesFor(
        cover, picture.Colors.Width, picture.Colors.Height, isDeep: picture.Colors.Format.Bits > 8);
}
