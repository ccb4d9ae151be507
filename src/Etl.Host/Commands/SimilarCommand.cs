using System.CommandLine;
using System.CommandLine.Parsing;
using Etl.Host.Json;
using Etl.Host.Similar;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary><c>etl similar</c>: the movies with the nearest palettes to that of one, of an image, or of some colours.</summary>
internal sealed class SimilarCommand : ConfiguredCommand
{
    private const int DefaultCount = 6;

    private readonly Argument<string?> _id = new("ID")
    {
        Description = "Id of the movie. 322259 matches an integer or a text, 0114709 only a text.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _like = new("--like")
    {
        Description = "Colours instead of a movie, each with its share: '#c02030:60%,#101010'. Those without a share divide the rest equally.",
        HelpName = "COLOURS",
    };

    private readonly Option<string?> _image = new("--image")
    {
        Description = "An image instead of a movie: a file, an http(s) URL, or - for standard input. Its palette is made as by etl palette.",
        HelpName = "FILE|URL|-",
    };

    private readonly Option<long?> _count = CommandOption.Number(
        "--count", $"Maximum number of movies. Default: {DefaultCount}.", min: 1, max: 1_000);

    private readonly Option<bool> _json = CommandOption.Flag(
        "--json", "Prints one JSON object: id, palette, population, and similar movies with id, distance, palette and population.");

    public SimilarCommand()
        : base(
            "similar",
            """
            Finds the movies with the nearest palettes.

            Changes nothing.

            Example: etl similar 0114709 --count 10
            Example: etl similar --like '#c02030:60%,#101010'
            Example: etl similar --image poster.jpg

            Distance: 0 for equal colours with equal shares, 100 for black and white. It
            is the least cost of turning one palette into the other (earth mover's
            distance): moving a share of 1 costs the OKLab distance of the two colours
            times 100, with a and b counted twice. Shares are read from the column
            Etl:Columns:Population. Where there are none, colours count 1, 0.71, 0.58 and
            so on by their places. The distance between palettes made with different
            settings means little: such movies have a mark (*).

            Exit codes:
              0  done
              1  failed, the movie does not exist, or it or the image has no palette
              2  the command line or the configuration was refused
              129, 130, 143
                 SIGHUP, SIGINT, SIGTERM
            """)
    {
        Arguments.Add(_id);
        Validators.Add(Validate);
        Takes(_like, _image, _count, _json);
    }

    protected override Task<int> RunAsync(ParseResult parsed) => StreamingAction.RunAsync(parsed, async stopping =>
    {
        EtlOptions options = Load(parsed).Options;
        string? id = parsed.GetValue(_id);
        SearchResult found = await FindAsync(parsed, options, stopping);
        if (found.Palette is null)
        {
            throw new UserException(ExitCodes.Failed, Printable.Line(found.IsKnown
                ? $"the movie {id} has no palette to compare: it is missing, or not a list of 1 to 20 colours."
                : $"no movie has the id {id}."));
        }

        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            EtlJson.WriteLine(output, SimilarJson.Of(id, found), EtlJson.Readable.SimilarJson);
        }
        else
        {
            SimilarOutput.Write(output, id ?? parsed.GetValue(_image) ?? "colours", found);
        }

        return ExitCodes.Done;
    });

    private void Validate(CommandResult result)
    {
        string? like = result.GetValue(_like);
        int given = new[] { result.GetValue(_id), like, result.GetValue(_image) }.Count(static query => query is not null);
        if (given != 1)
        {
            result.AddError(given == 0 ? "Name a movie, colours with --like, or an image with --image." : "Give one of ID, --like and --image.");
        }
        else if (like is not null && !ColorShares.TryParse(like, out _, out string? problem))
        {
            result.AddError($"--like: {problem}");
        }
    }

    private async Task<SearchResult> FindAsync(ParseResult parsed, EtlOptions options, CancellationToken stopping)
    {
        var catalogue = new SqliteCatalogue(options.Catalogue);
        int count = (int?)parsed.GetValue(_count) ?? DefaultCount;
        if (parsed.GetValue(_id) is { } id)
        {
            return PaletteSearch.Find(catalogue, id, count, stopping);
        }

        Palette palette = parsed.GetValue(_image) is { } image ? await SearchedImage.ReadAsync(options, image, stopping)
            : ColorShares.TryParse(parsed.GetValue(_like)!, out Palette colors, out _) ? colors
            : default; // was refused
        return PaletteSearch.Find(catalogue, palette, count, stopping);
    }
}
