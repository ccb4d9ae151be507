using System.CommandLine;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Commands;

/// <summary><c>etl reset</c>: empties palettes, to start over.</summary>
internal static class ResetCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        var selection = new ResetSelectionOptions();
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask for confirmation. Required without a terminal." };
        var command = new Command(
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
            """);
        selection.AddTo(command);
        command.Options.Add(yes);
        shared.AddTo(command);
        command.Does(parsed =>
        {
            EtlOptions options = shared.Load(parsed).ToOptions();
            IPalettes palettes = new SqliteCatalogue(options.Catalogue).Palettes;
            return Task.FromResult(Reset(palettes, options.Query, selection.Read(parsed), parsed.GetValue(yes), parsed.InvocationConfiguration));
        });
        return command;
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
