using System.CommandLine;
using System.CommandLine.Parsing;
using Etl.Fetch;
using Etl.Host.Configuration;
using Etl.Pipeline;
using Etl.Quantize;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Etl.Host.Commands;

/// <summary><c>etl palette</c>: the palettes of single images.</summary>
internal sealed class PaletteCommand
{
    private readonly Argument<string[]> _sources = new("FILE|URL|-")
    {
        Description = "Images: files, http(s) addresses, or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints a JSON array: source, palette and milliseconds of each image, or source, reason and message.",
    };

    private readonly Option<long?> _colors = NumberOption.Create(
        "--colors", $"Colours of a palette, 2 to {Palette.MaxColors}. Default: 6.", min: 2, max: Palette.MaxColors);

    private readonly Option<FileInfo?> _config = FileOption.Create(
        "--config", "A configuration file to take options from, such as Etl:Fetch:MaxCoverBytes. Default: none.", "FILE", "-c");

    public static Command Create() => new PaletteCommand().ToCommand();

    private Command ToCommand()
    {
        var command = new Command(
            "palette",
            """
            Prints the palettes of single images.

            Also prints how long each image took.

            Example: etl palette poster.jpg https://example.org/cover.png

            Exit codes: 0 done, 2 refused, 3 an image has no palette.
            """)
        {
            _sources,
            _json,
            _colors,
            _config,
        };
        _sources.Validators.Add(RefuseOptions);
        command.Does(PrintAsync);
        return command;
    }

    /// <summary>An option of other commands would go for a file that is not there.</summary>
    private static void RefuseOptions(ArgumentResult sources)
    {
        foreach (string source in sources.Tokens.Select(static token => token.Value).Where(static source => source is ['-', _, ..]))
        {
            sources.AddError($"etl palette has no option {source}; a file of that name is given as ./{source}.");
        }
    }

    private async Task<int> PrintAsync(ParseResult parsed)
    {
        EtlOptions options = LoadOptions(parsed.GetValue(_config));
        options.Quantize.ColorCount = (int?)parsed.GetValue(_colors) ?? options.Quantize.ColorCount;
        await using ServiceProvider services =
            new ServiceCollection().AddSingleton(Options.Create(options)).AddCoverClient().BuildServiceProvider();
        var images = new ImageReader(
            new PaletteExtractor(options), services.GetRequiredService<CoverClient>(), Console.OpenStandardInput, TimeProvider.System);
        return parsed.GetValue(_json)
            ? await PrintJsonAsync(images, parsed)
            : await PrintAsync(images, parsed, PrinterOf(parsed.InvocationConfiguration.Output));
    }

    private async Task<int> PrintJsonAsync(ImageReader images, ParseResult parsed)
    {
        var array = new JsonArray<ImageJson>(parsed.InvocationConfiguration.Output, CommandJson.Readable.ImageJson);
        int code = await PrintAsync(images, parsed, image => array.Add(ImageJson.Of(image)));
        array.End();
        return code;
    }

    private async Task<int> PrintAsync(ImageReader images, ParseResult parsed, Action<ImageResult> print)
    {
        int code = ExitCodes.Done;
        foreach (string source in parsed.GetValue(_sources)!)
        {
            ImageResult image = await images.ReadAsync(source);
            print(image);
            if (image.Failure is { } failure)
            {
                parsed.InvocationConfiguration.Error.WriteLine(
                    Printable.Line($"{LocationTemplate.Shown(source)}: {failure.Reason.Name()}: {failure.Message}"));
                code = ExitCodes.Incomplete;
            }
            else if (image.Damage is { } damage)
            {
                parsed.InvocationConfiguration.Error.WriteLine(Printable.Line($"{LocationTemplate.Shown(source)}: damaged: {damage}"));
            }
        }

        return code;
    }

    /// <summary>Prints the images that have a palette.</summary>
    private static Action<ImageResult> PrinterOf(TextWriter output)
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

    /// <summary>The defaults, whatever the folder or the environment hold, unless a file is named.</summary>
    private static EtlOptions LoadOptions(FileInfo? file) =>
        file is null ? new EtlOptions() : EtlConfiguration.Load(file.FullName, []).ToOptions();
}
