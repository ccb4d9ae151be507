using System.CommandLine;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary><c>etl similar</c>: the movies with the nearest palettes to that of one.</summary>
internal sealed class SimilarCommand
{
    private const int DefaultCount = 6;

    private readonly Argument<string> _id = new("ID")
    {
        Description = "Id of the movie. 322259 matches an integer or a text, 0114709 only a text.",
    };

    private readonly Option<long?> _count = NumberOption.Create(
        "--count", $"Maximum number of movies. Default: {DefaultCount}.", min: 1, max: 1_000);

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints one JSON object: id, palette, and similar movies with id, distance and palette.",
    };

    private readonly SharedOptions _shared = new();

    public static Command Create() => new SimilarCommand().ToCommand();

    private Command ToCommand()
    {
        var command = new Command(
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
            palette, at least 2.

            Exit codes:
              0  done
              1  failed, the movie does not exist, or it has no palette
              2  the command line or the configuration was refused
            """)
        {
            _id,
            _count,
            _json,
        };
        _shared.AddTo(command);
        command.Does(parsed =>
        {
            EtlOptions options = _shared.Load(parsed).ToOptions();
            string id = parsed.GetValue(_id)!;
            int count = (int?)parsed.GetValue(_count) ?? DefaultCount;
            SearchResult found = PaletteSearch.Find(new SqliteCatalogue(options.Catalogue), id, count);
            Print(parsed, id, found);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    /// <exception cref="UserException">There is nothing to compare with.</exception>
    private void Print(ParseResult parsed, string id, SearchResult found)
    {
        if (found.Palette is not { } palette)
        {
            throw new UserException(ExitCodes.Failed, Printable.Line(found.IsKnown
                ? $"the movie {id} has no palette to compare: it is missing, or not a list of 1 to 20 colours."
                : $"no movie has the id {id}."));
        }

        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            SimilarOutput.WriteJson(output, id, palette, found.Movies);
        }
        else
        {
            SimilarOutput.WriteText(output, id, palette, found.Movies);
        }
    }
}
