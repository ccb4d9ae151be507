using System.CommandLine;
using Etl.Host.Json;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary><c>etl similar</c>: the movies with the nearest palettes to that of one.</summary>
internal sealed class SimilarCommand : ConfiguredCommand
{
    private const int DefaultCount = 6;

    private readonly Argument<string> _id = new("ID")
    {
        Description = "Id of the movie. 322259 matches an integer or a text, 0114709 only a text.",
    };

    private readonly Option<long?> _count = CommandOption.Number(
        "--count", $"Maximum number of movies. Default: {DefaultCount}.", min: 1, max: 1_000);

    private readonly Option<bool> _json = CommandOption.Flag(
        "--json", "Prints one JSON object: id, palette, and similar movies with id, distance and palette.");

    public SimilarCommand()
        : base(
            "similar",
            """
            Finds the movies with the nearest palettes.

            Changes nothing.

            Example: etl similar 0114709 --count 10

            Distance: 0 for equal colours with equal shares, 100 for black and white. It
            is the least cost of turning one palette into the other (earth mover's
            distance): moving a share of 1 costs the OKLab distance of the two colours
            times 100, with a and b counted twice. Shares are read from the column
            Etl:Columns:Population. Where there are none, colours count 1, 0.71, 0.58 and
            so on by their places. The distance between palettes made with different
            settings means little: such movies have a mark (*).

            Exit codes:
              0  done
              1  failed, the movie does not exist, or it has no palette
              2  the command line or the configuration was refused
            """)
    {
        Arguments.Add(_id);
        Takes(_count, _json);
    }

    protected override Task<int> RunAsync(ParseResult parsed)
    {
        EtlOptions options = Load(parsed).Options;
        string id = parsed.GetValue(_id)!;
        int count = (int?)parsed.GetValue(_count) ?? DefaultCount;
        SearchResult found = PaletteSearch.Find(new SqliteCatalogue(options.Catalogue), id, count);
        if (found.Palette is not { } palette)
        {
            throw new UserException(ExitCodes.Failed, Printable.Line(found.IsKnown
                ? $"the movie {id} has no palette to compare: it is missing, or not a list of 1 to 20 colours."
                : $"no movie has the id {id}."));
        }

        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            EtlJson.WriteLine(output, SimilarJson.Of(id, palette, found), EtlJson.Readable.SimilarJson);
        }
        else
        {
            SimilarOutput.Write(output, id, palette, found);
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
