using Etl.Host.Json;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using Spectre.Console;

namespace Etl.Host.Commands;

/// <summary>Prints each palette as soon as it is available, and one error line for each image that has none or is damaged.</summary>
internal sealed class ImagePrinter(TextWriter output, TextWriter errors, ImageFormat format, ColorFormat colors)
{
    /// <summary>Prints all. Returns the exit code.</summary>
    public async Task<int> PrintAsync(IAsyncEnumerable<ImageResult> images, CancellationToken stopping)
    {
        if (format != ImageFormat.Json)
        {
            return await PrintAsync(
                images,
                format switch
                {
                    ImageFormat.JsonLines => PrintJsonLine,
                    ImageFormat.Css => PrintCss,
                    _ => TextPrinter(),
                });
        }

        using var array = new JsonArray<ImageJson>(output, EtlJson.Readable.ImageJson, stopping);
        return await PrintAsync(images, image => array.Add(ImageJson.Of(image)));
    }

    private async Task<int> PrintAsync(IAsyncEnumerable<ImageResult> images, Action<ImageResult> print)
    {
        int code = ExitCodes.Done;
        await foreach (ImageResult image in images)
        {
            print(image);
            if (image.Failure is { } failure)
            {
                errors.WriteLine(
                    Printable.Line($"{LocationTemplate.Shown(image.Source)}: {failure.Reason.Name()}: {failure.Message}"));
                code = ExitCodes.Incomplete;
            }

            if (image.Damage is { } damage)
            {
                errors.WriteLine(Printable.Line($"{LocationTemplate.Shown(image.Source)}: damaged: {damage}"));
            }

            if (image.UnconvertedColors is { } space)
            {
                errors.WriteLine(Printable.Line($"{LocationTemplate.Shown(image.Source)}: its colours are counted as sRGB: {space} is not converted"));
            }
        }

        return code;
    }

    private void PrintJsonLine(ImageResult image)
    {
        EtlJson.WriteLine(output, ImageJson.Of(image), EtlJson.Readable.ImageJson);
        output.Flush();
    }

    private void PrintCss(ImageResult image)
    {
        if (image.Failure is null)
        {
            ImageCss.Write(output, image, colors);
        }
    }

    /// <summary>Prints the images that have a palette.</summary>
    private Action<ImageResult> TextPrinter()
    {
        IAnsiConsole console = Terminal.On(output);
        bool swatches = ImageOutput.ShowsSwatches(console);
        return image =>
        {
            if (image.Failure is not null)
            {
                return;
            }

            if (swatches)
            {
                ImageOutput.WriteSwatches(console, image);
            }
            else
            {
                ImageOutput.WriteText(output, image);
            }
        };
    }
}
