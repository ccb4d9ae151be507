using PaletteEtl.Covers.Http;

namespace Etl.Host.Commands;

/// <summary>Gives the palettes of single images: files, URLs, and standard input under the name -.</summary>
internal sealed class ImageReader(PaletteExtractor extractor, CoverClient client, Func<Stream?> openInput, TimeProvider clock)
{
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    public async Task<ImageResult> ReadAsync(ImageSource source, CancellationToken stopping)
    {
        long started = clock.GetTimestamp();
        try
        {
            ExtractedPalette extracted = await ExamineAsync(source, stopping);
            return new ImageResult(source.Name, extracted.Palette, Failure: null, clock.GetElapsedTime(started), extracted.Damage)
            {
                UnconvertedColors = extracted.UnconvertedColors,
                Columns = extracted.Columns,
            };
        }
        catch (Exception error) when (error is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            return new ImageResult(source.Name, default, Failure.Of("palette", error, version: null), clock.GetElapsedTime(started));
        }
    }

    private async Task<ExtractedPalette> ExamineAsync(ImageSource source, CancellationToken stopping)
    {
        if (source.IsInput)
        {
            await using Stream input = openInput() ?? throw new CoverException(FailureReason.NotFound, "Standard input is closed.");
            return await extractor.ExamineAsync(input, stopping);
        }

        return ImageAddress.IsUrl(source.Name, out Uri? url)
            ? await ExamineUrlAsync(url, stopping)
            : await ExamineFileAsync(ImageAddress.PathOf(source.Name), stopping);
    }

    private async Task<ExtractedPalette> ExamineFileAsync(string path, CancellationToken stopping)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new CoverException(FailureReason.NotFound, "No file has a NUL in its name. Add --null for names that end with one.");
        }

        try
        {
            return await extractor.ExamineFileAsync(path, stopping);
        }
        catch (Exception error)
            when (error is FileNotFoundException or DirectoryNotFoundException or PathTooLongException || path.Length == 0)
        {
            throw new CoverException(FailureReason.NotFound, ImageAddress.Problem(path) ?? "There is no such file.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Directory.Exists(path)
                ? new CoverException(FailureReason.UnsupportedFormat, "It is a folder, not a file.", error)
                : new CoverException(FailureReason.Forbidden, "The file may not be read.", error);
        }
    }

    private async Task<ExtractedPalette> ExamineUrlAsync(Uri url, CancellationToken stopping)
    {
        if (url.UserInfo.Length > 0)
        {
            throw new CoverException(
                FailureReason.Forbidden,
                "A user name and a password in a URL are not sent. Give them as Etl:Fetch:Headers:Authorization in the configuration.");
        }

        return await extractor.ExamineAsync(
            async encoded => (await client.GetAsync(url, known: null, encoded, stopping)).Cover
                ?? throw new CoverException(FailureReason.NotFound, "The server has no such image."),
            stopping);
    }
}
