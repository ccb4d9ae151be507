namespace Etl.Reference;

/// <summary>A file that repeats what the code states, as a whole or in a part.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Update">Makes the wanted text of the present one, which has the parts that are written by hand.</param>
internal sealed record GeneratedFile(string Path, Func<string, string> Update)
{
    public static IReadOnlyList<GeneratedFile> All { get; } =
    [
        new("etl.json", DefaultFile.Update),
        new("config/etl.schema.json", static _ => SchemaFile.Text()),
        new("src/Etl.Host/Configuration/etl.template.json", static _ => TemplateFile.Text()),
        new("docs/etl.1", static _ => ManualPage.Text()),
        new("README.md", static text => DocumentPart.Replace(text, "commands", CommandTable.Effects())),
        new("docs/commands.md", static text => DocumentPart.Replace(
            DocumentPart.Replace(text, "commands", CommandTable.Options()), "exit codes", MeaningTable.ExitCodeRows())),
        new("docs/architecture.md", static text => DocumentPart.Replace(
            DocumentPart.Replace(text, "outcomes", MeaningTable.OutcomeRows()), "reasons", MeaningTable.ReasonRows())),
        new("docs/configuration.md", static text => DocumentPart.Replace(text, "options", OptionTable.Lines())),
        new("docs/observability.md", static text => DocumentPart.Replace(
            DocumentPart.Replace(text, "alerts", AlertTable.Lines()), "instruments", InstrumentTable.Lines())),
    ];

    public string Problem => $"{Path} differs from the code. Fix: dotnet run --project tests/Etl.Reference";

    /// <summary>The repository that a folder is in; null when there is none.</summary>
    public static string? FindRoot(string folder)
    {
        string? root = folder;
        while (root is not null && !File.Exists(System.IO.Path.Combine(root, "Etl.sln")))
        {
            root = System.IO.Path.GetDirectoryName(root);
        }

        return root;
    }

    public bool IsCurrent(string root) => Read(root) is var text && text == Update(text);

    public void Write(string root) => File.WriteAllText(System.IO.Path.Combine(root, Path), Update(Read(root)));

    private string Read(string root) => File.ReadAllText(System.IO.Path.Combine(root, Path));
}
