using System.CommandLine;
using Etl.Query;
using Etl.Similar;
using Microsoft.Data.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl similar</c>: the movies with the nearest palettes to that of one.</summary>
internal sealed class SimilarCommand
{
    private const int DefaultCount = 6;

    private readonly Argument<string> _id = new("ID")
    {
        Description = "The movie, by its id as the catalogue stores it: 322259 is an integer or a text, 0114709 a text.",
    };

    private readonly Option<long?> _count = NumberOption.Create(
        "--count", $"Movies at most. Default: {DefaultCount}.", min: 1, max: 1_000);

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints one JSON object: id, palette, and the similar movies with id, distance and palette.",
    };

    private readonly SharedOptions _shared = new();

    public static Command Create() => new SimilarCommand().ToCommand();

    private Command ToCommand()
    {
        var command = new Command(
            "similar",
            """
            Finds the movies whose palettes are nearest to that of a movie. Changes nothing.

            Example: etl similar 0114709 --count 10

            A distance of 0 stands for the same colours, 100 for white from black. Each colour of a palette is paired with one
            of the other, so that all pairs together are nearest; their order does not matter by itself. The distance is the
            mean of the pairs' OKLab distances times 100, in which earlier colours weigh more: 1, 1/2, 1/3 and so on by place,
            a pair counting with the mean of its two weights. A colour that a longer palette has left over counts, with half
            its weight, as far as it is from the nearest colour of the shorter one, and 2 at least.

            Exit codes: 0 done, 1 failed, or there is no such movie, or it has no palette, 2 refused.
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
            SearchResult found = Catalogue.Use(
                options, SqliteOpenMode.ReadOnly, catalogue => PaletteSearch.Find(catalogue, id, count));
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
