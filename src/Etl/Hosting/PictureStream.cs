using PaletteEtl.Covers;

namespace PaletteEtl.Hosting;

/// <summary>Reads an encoded picture out of a stream, from its position to its end.</summary>
/// <param name="maxBytes">The maximum size of a picture.</param>
internal sealed class PictureStream(long maxBytes)
{
    private const int FirstRead = 64 << 10;
    private static readonly CoverVersion Unversioned = new(Size: null, Modified: null, ETag: null);

    /// <summary>The bytes of a picture in memory as a cover.</summary>
    /// <exception cref="CoverException">There are too many.</exception>
    public Cover Copy(ReadOnlySpan<byte> image)
    {
        ThrowIfTooLarge(image.Length);
        return Cover.Of(image, Unversioned);
    }

    /// <exception cref="CoverException">The picture is too large.</exception>
    public Cover Read(Stream image)
    {
        var data = new NativeBuffer(FirstRead);
        int total = 0;
        for (int read; (read = image.Read(data.GetSpan()[total..])) > 0;)
        {
            MakeRoom(data, total += read);
        }

        data.Resize(total);
        return new Cover(data, Unversioned, reservation: null);
    }

    /// <summary>Reads the picture after it has reserved the stream's length, or the maximum size if the length is unknown, as for a
    /// pipe.</summary>
    /// <exception cref="CoverException">The picture is too large.</exception>
    public async ValueTask<Cover> ReadAsync(Stream image, Reservation reservation, CancellationToken cancellationToken)
    {
        long? length = image.CanSeek && image.Length > image.Position ? image.Length - image.Position : null;
        ThrowIfTooLarge(length ?? 0);
        await reservation.TakeAsync(length ?? maxBytes, cancellationToken).ConfigureAwait(false);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the caller's thread only takes its turn
        var data = new NativeBuffer((int)(length ?? FirstRead));
        try
        {
            int total = 0;
            for (int read; (read = await image.ReadAsync(data.Memory[total..], cancellationToken).ConfigureAwait(false)) > 0;)
            {
                total += read;
                if (total == length)
                {
                    break; // a file that grows meanwhile is read up to its reserved length
                }

                MakeRoom(data, total);
            }

            data.Resize(total);
            reservation.Shrink(total);
            return new Cover(data, Unversioned, reservation);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private void MakeRoom(NativeBuffer data, int total)
    {
        ThrowIfTooLarge(total);
        if (total == data.Length)
        {
            data.Resize((int)Math.Min(2L * total, Array.MaxLength));
        }
    }

    private void ThrowIfTooLarge(long bytes)
    {
        if (bytes > maxBytes)
        {
            throw new CoverException(FailureReason.TooLarge, $"The picture has more than the {maxBytes} bytes allowed.");
        }
    }
}
