using System.CommandLine;
using System.CommandLine.Parsing;
using Etl.Host.Configuration;
using Etl.Host.Outputs;
using Etl.Host.Run;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Columns;
using PaletteEtl.Covers.Http;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary><c>etl palette</c>: the palettes of single images.</summary>
internal sealed class PaletteCommand : ConfiguredCommand
{
    private readonly Argument<string[]> _names = new("FILE|URL|-")
    {
        Description = "Images: files, http(s) URLs, or - for standard input. A name that begins with - goes after --.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _filesFrom = new("--files-from")
    {
        Description = "A file with names, or - for standard input: one name per line, processed before the names of the command line.",
        HelpName = "FILE|-",
    };

    private readonly Option<bool> _null = CommandOption.Flag(
        "--null", "Names of --files-from end with NUL, as find -print0 writes them.", "-0");

    private readonly Option<bool> _json = CommandOption.Flag(
        "--json", "Prints a JSON array: source, palette, columns and seconds of each image, or source, reason and message.");

    private readonly Option<bool> _jsonLines = CommandOption.Flag(
        "--jsonl", "Prints the same objects, one per line.");

    private readonly Option<bool> _css = CommandOption.Flag(
        "--css", "Prints the colours of each image as custom properties of CSS, in the notation of --color-format.");

    private readonly Option<ColorFormat?> _colorFormat = CommandOption.OneOf<ColorFormat>(
        "--color-format", "The notation of colours in columns and CSS, as Etl:Columns:ColorFormat.", Enum.GetNames<ColorFormat>());

    private readonly Option<QuantizeAlgorithm?> _algorithm = CommandOption.OneOf<QuantizeAlgorithm>(
        "--algorithm", "The algorithm, as Etl:Quantize:Algorithm.", Enum.GetNames<QuantizeAlgorithm>());

    private readonly Option<long?> _colors = CommandOption.Number(
        "--colors", $"Colours of a palette, 2 to {Palette.MaxColors}, as Etl:Quantize:ColorCount.", min: 2, max: Palette.MaxColors);

    public PaletteCommand()
        : base(
            "palette",
            """
            Prints the palettes of single images.

            Prints palettes in the order of the images, each with the time it took.
            Decodes up to Etl:Decode:DegreeOfParallelism images at once. Options come from
            the configuration, as for etl run. No catalogue is read.

            With --json and --jsonl, columns has the values of all columns that a run
            can fill in (docs/columns.md).

            Example: etl palette poster.jpg https://example.org/cover.png
            Example: find covers -type f -print0 | etl palette --files-from - -0 --jsonl

            Exit codes:
              0         done, damaged images included
              1         the list of names cannot be read to its end
              2         the command line or the configuration was refused
              3         an image has no palette
              129, 130, 143
                        SIGHUP, SIGINT, SIGTERM: images in progress were dropped
            """)
    {
        Arguments.Add(_names);
        Validators.Add(Validate);
        Takes(_filesFrom, _null, _json, _jsonLines, _css, _colorFormat, _algorithm, _colors);
    }

    protected override Task<int> RunAsync(ParseResult parsed) =>
        StreamingAction.RunAsync(parsed, stopping => PrintAsync(parsed, stopping));

    private void Validate(CommandResult result)
    {
        string? list = result.GetValue(_filesFrom);
        int inputs = result.GetValue(_names)!.Count(static name => name == ImageSource.StandardInput);
        string? problem = result.GetValue(_names) is [] && list is null ? "Name an image, or a list of names with --files-from."
            : list is "" ? "--files-from takes the name of a file, or -."
            : list is null && result.GetValue(_null) ? "--null applies to --files-from, which is missing."
            : inputs > 0 && list == ImageSource.StandardInput ? "- and --files-from - both read standard input. Give one of them."
            : inputs > 1 ? "- is standard input, which is read once. Give it once."
            : new[] { _json, _jsonLines, _css }.Count(result.GetValue) > 1 ? "--json, --jsonl and --css are formats. Give one of them."
            : null;
        if (problem is not null)
        {
            result.AddError(problem);
        }
    }

    private async Task<int> PrintAsync(ParseResult parsed, CancellationToken stopping)
    {
        EtlOptions options = LoadForImages(parsed, Shortcuts(parsed)).Options;
        if (parsed.GetValue(_css) && options.Columns.ColorFormat == ColorFormat.Json)
        {
            throw new UserException(
                ExitCodes.Refused, "--css needs a notation of CSS. Set Etl:Columns:ColorFormat (--color-format) to Hex, Rgb or Oklch, not Json.");
        }

        IAsyncEnumerable<ImageSource> sources = Sources(parsed, stopping);
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IOptions<EtlOptions>>(new OptionsWrapper<EtlOptions>(options))
            .AddCoverClient()
            .BuildServiceProvider();
        using var growth = new ThreadPoolGrowth(options, TimeProvider.System);
        var reader = new ImageReader(
            new PaletteExtractor(options, CoverColumns.Every(options.Columns)), services.GetRequiredService<CoverClient>(), StandardInput.Open, TimeProvider.System);
        IAsyncEnumerable<ImageResult> images = new ImageStream(reader, options.Decode).ReadAsync(sources, stopping);
        return await PrinterOf(parsed, options.Columns.ColorFormat).PrintAsync(images, stopping);
    }

    private ImagePrinter PrinterOf(ParseResult parsed, ColorFormat colors) => new(
        parsed.InvocationConfiguration.Output,
        parsed.InvocationConfiguration.Error,
        parsed.GetValue(_json) ? ImageFormat.Json
            : parsed.GetValue(_jsonLines) ? ImageFormat.JsonLines
            : parsed.GetValue(_css) ? ImageFormat.Css
            : ImageFormat.Text,
        colors);

    private List<Setting> Shortcuts(ParseResult parsed)
    {
        var shortcuts = new List<Setting>();
        if (parsed.GetValue(_algorithm) is { } algorithm)
        {
            shortcuts.Add(new Setting("Etl:Quantize:Algorithm", algorithm.ToString(), _algorithm.Name));
        }

        if (parsed.GetValue(_colorFormat) is { } format)
        {
            shortcuts.Add(new Setting("Etl:Columns:ColorFormat", format.ToString(), _colorFormat.Name));
        }

        if (parsed.GetValue(_colors) is { } colors)
        {
            shortcuts.Add(new Setting("Etl:Quantize:ColorCount", OptionText.Format(colors), _colors.Name));
        }

        return shortcuts;
    }

    /// <summary>The images of the list, then those of the command line.</summary>
    /// <exception cref="UserException">The list cannot be opened.</exception>
    private IAsyncEnumerable<ImageSource> Sources(ParseResult parsed, CancellationToken stopping)
    {
        IEnumerable<ImageSource> named = parsed.GetValue(_names)!.Select(ImageSource.OfArgument);
        if (parsed.GetValue(_filesFrom) is not { } path)
        {
            return named.ToAsyncEnumerable();
        }

        Stream text = path != ImageSource.StandardInput ? NameList.Open(path)
            : StandardInput.Open() ?? throw new UserException(ExitCodes.Failed, "--files-from - reads standard input, which is closed. Name a file.");
        return new NameList($"--files-from {path}", text, parsed.GetValue(_null) ? '\0' : '\n').ReadAsync(stopping)
            .Select(static name => new ImageSource(name))
            .Concat(named.ToAsyncEnumerable());
    }
}
