using Etl.Fetch;
using Etl.Pipeline;

namespace Etl.Host.Commands;

/// <summary>Gives the palettes of single images: files, URLs, and standard input under the name -.</summary>
internal sealed class ImageReader(PaletteExtractor extractor, CoverClient client, Func<Stream> openInput, TimeProvider clock)
{
    public const string StandardInput = "-";

    public async Task<ImageResult> ReadAsync(string source)
    {
        long started = clock.GetTimestamp();
        try
        {
            ExtractedPalette extracted = await ExtractAsync(source);
            return new ImageResult(source, extracted.Palette, Failure: null, clock.GetElapsedTime(started), extracted.Damage);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new ImageResult(source, default, Failure.Of("palette", error, version: null), clock.GetElapsedTime(started));
        }
    }

    private async Task<ExtractedPalette> ExtractAsync(string source)
    {
        if (source == StandardInput)
        {
            await using Stream input = openInput();
            return await extractor.ExamineAsync(input);
        }

        return Uri.TryCreate(source, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? await ExtractUrlAsync(url)
            : await ExtractFileAsync(source);
    }

    private async Task<ExtractedPalette> ExtractFileAsync(string path)
    {
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            await using (file)
            {
                return await extractor.ExamineAsync(file);
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException || path.Length == 0)
        {
            throw new CoverException(FailureReason.NotFound, "There is no such file.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Directory.Exists(path)
                ? new CoverException(FailureReason.UnsupportedFormat, "It is a folder, not a file.", error)
                : new CoverException(FailureReason.Forbidden, "The file may not be read.", error);
        }
    }

    private async Task<ExtractedPalette> ExtractUrlAsync(Uri url)
    {
        if (url.UserInfo.Length > 0)
        {
            throw new CoverException(
                FailureReason.Forbidden,
                "A user name and a password in a URL are not sent; give them as Etl:Fetch:Headers:Authorization in a --config file.");
        }

        Cover? cover = await client.GetAsync(url, previous: null, reservation: null, CancellationToken.None);
        return cover is not null
            ? extractor.Examine(cover)
            : throw new CoverException(FailureReason.NotFound, "The server has no such image.");
    }
}
