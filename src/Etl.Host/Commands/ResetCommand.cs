using System.CommandLine;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl reset</c>: empties palettes, to start over.</summary>
internal sealed class ResetCommand : ConfiguredCommand
{
    private readonly Option<long?> _count = CommandOption.Number(
        "--count", "Resets the first N movies that have a palette, in the order of the table's key.", min: 1);

    private readonly IdOptions _ids = new("Resets");

    private readonly Option<bool> _all = CommandOption.Flag("--all", "Resets every movie that has a palette.");

    private readonly Option<bool> _unreadable = CommandOption.Flag(
        "--unreadable", "Resets values that are not palettes, such as 'null' or '[]', beside palettes.");

    private readonly Option<bool> _yes = CommandOption.Flag(
        "--yes", "Does not ask for confirmation. Required without a terminal.", "-y");

    public ResetCommand()
        : base(
            "reset",
            """
            Empties palettes so that the next run fills them again.

            Shows the number of palettes and asks for confirmation. Keeps dead letters.
            If the column holds a value that is not a palette, stops before it empties
            anything, unless Etl:Query:AllowForeignValues is true.

            Example: etl reset --ids 322259,0114709

            Exit codes:
              0  done
              1  failed, not confirmed, or an id is unknown (known ids are reset)
              2  the command line or the configuration was refused
            """)
    {
        Takes(_count, _ids.List, _ids.Single, _all, _unreadable, _yes);
        Validators.Add(result =>
        {
            int selections = ((Option[])[_count, _all, _unreadable]).Count(option => result.GetResult(option) is { Implicit: false });
            if (selections + (_ids.AreGiven(result) ? 1 : 0) != 1)
            {
                result.AddError("Say which palettes: exactly one of --count, --ids (or --id), --all and --unreadable.");
            }
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed)
    {
        EtlOptions options = Load(parsed).Options;
        IPalettes palettes = new SqliteCatalogue(options.Catalogue).Palettes;
        ResetSelection selection = _ids.Of(parsed) is { } ids ? ResetSelection.Of(ids)
            : parsed.GetValue(_count) is { } count ? ResetSelection.First(count)
            : parsed.GetValue(_unreadable) ? ResetSelection.Unreadable
            : ResetSelection.All;
        return Task.FromResult(Reset(palettes, options.Query, selection, parsed.GetValue(_yes), parsed.InvocationConfiguration));
    }

    private static int Reset(
        IPalettes palettes, QueryOptions query, ResetSelection selection, bool agreed, InvocationConfiguration console)
    {
        if (!agreed)
        {
            ResetResult preview = palettes.Preview(selection);
            NameUnknown(preview, console.Error);
            if (preview.Palettes == 0)
            {
                console.Output.WriteLine("There is no palette to empty.");
                return CodeOf(preview);
            }

            if (!Agrees(query, preview, console.Error))
            {
                console.Error.WriteLine("etl: nothing was changed.");
                return ExitCodes.Failed;
            }
        }

        ResetResult result = palettes.Reset(selection);
        console.Output.WriteLine($"Emptied {Printable.Count(result.Palettes, "palette")}.");
        if (agreed)
        {
            NameUnknown(result, console.Error); // who was asked has seen them before
        }

        return CodeOf(result);
    }

    /// <exception cref="UserException">There is no terminal to ask on.</exception>
    private static bool Agrees(QueryOptions query, ResetResult preview, TextWriter errors)
    {
        string plan = $"{Printable.Count(preview.Palettes, "palette")} in {query.Table} of {query.Database}";
        if (Console.IsInputRedirected)
        {
            throw new UserException(ExitCodes.Refused, $"this would empty {plan}; say --yes to have it done.");
        }

        errors.Write($"Empty {plan}? [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static void NameUnknown(ResetResult result, TextWriter errors)
    {
        foreach (string id in result.UnknownIds)
        {
            errors.WriteLine($"etl: no movie has the id {Printable.Line(id)}.");
        }
    }

    private static int CodeOf(ResetResult result) => result.UnknownIds.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
}
