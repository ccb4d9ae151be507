using System.CommandLine;
using System.CommandLine.Parsing;
using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>The options that say which palettes are emptied; exactly one of them is given.</summary>
internal sealed class ResetSelectionOptions
{
    private readonly Option<long?> _count = NumberOption.Create(
        "--count", "Resets the first N movies that have a palette, in the order of the table's key.", min: 1);

    private readonly Option<string[]?> _ids = new("--ids")
    {
        Description = "Resets the movies with these ids, separated by commas. "
            + "322259 matches an integer or a text, 0114709 only a text.",
        HelpName = "ID,...",
        CustomParser = SplitIds,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Resets every movie that has a palette." };

    public void AddTo(Command command)
    {
        Option[] options = [_count, _ids, _all];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (options.Count(option => result.GetResult(option) is { Implicit: false }) != 1)
            {
                result.AddError("Say which palettes: exactly one of --count, --ids and --all.");
            }
        });
    }

    public ResetSelection Read(ParseResult parsed) =>
        parsed.GetValue(_ids) is { Length: > 0 } ids ? ResetSelection.Of(ids)
        : parsed.GetValue(_count) is { } count ? ResetSelection.First(count)
        : ResetSelection.All;

    private static string[]? SplitIds(ArgumentResult argument)
    {
        string[] ids =
        [
            .. argument.Tokens.SelectMany(token => token.Value.Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        if (ids.Length == 0)
        {
            argument.AddError("--ids takes at least one id, such as --ids 322259,0114709.");
        }

        return ids;
    }
}
