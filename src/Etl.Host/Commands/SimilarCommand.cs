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

            Distance: 0 for equal colours, 100 for black and white. The colours of the two
            palettes are paired by optimal assignment, regardless of their order. The
            distance is the weighted mean of the OKLab distances of all pairs, times 100.
            A colour weighs 1, 1/2, 1/3 and so on by its place in the palette, a pair the
            mean of its two colours. A colour without a partner (in the longer palette)
            has half its weight and its distance to the nearest colour of the shorter
            palette, at least 2. The distance between palettes made with different
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
