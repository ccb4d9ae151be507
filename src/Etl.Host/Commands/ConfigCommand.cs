using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Etl.Host.Configuration;
using Etl.Host.Json;

namespace Etl.Host.Commands;

/// <summary><c>etl config</c>: prints every effective value and where it came from, or writes a configuration file to begin with.</summary>
internal sealed class ConfigCommand : ConfiguredCommand
{
    private readonly Option<bool> _init = CommandOption.Flag("--init", "Writes a configuration file with every option as a comment, if there is none.");

    private readonly Option<bool> _json = CommandOption.Flag("--json", "Prints a JSON array of path, value and origin.");

    public ConfigCommand()
        : base(
            "config",
            """
            Prints every effective setting and its origin.

            Example: etl config --set Etl:Write:BatchSize=64
            Example: etl config --init
            """)
    {
        Takes();
        Options.Add(_json);
        Options.Add(_init);
    }

    protected override Task<int> RunAsync(ParseResult parsed)
    {
        if (parsed.GetValue(_init))
        {
            string file = FileOf(parsed);
            FirstConfiguration.Write(file);
            parsed.InvocationConfiguration.Output.WriteLine($"{file} is written.");
            return Task.FromResult(ExitCodes.Done);
        }

        IReadOnlyList<Setting> settings = Load(parsed).Settings;
        parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(_json) ? Json(settings) : Table(settings));
        return Task.FromResult(ExitCodes.Done);
    }

    private static string Table(IReadOnlyList<Setting> settings)
    {
        Setting[] rows = [.. settings.Select(setting => setting with { Value = setting.Shown ?? "(not set)" })];
        int paths = rows.Max(row => row.Path.Length);
        int values = rows.Max(row => row.Value!.Length);
        return string.Join(
            Environment.NewLine,
            rows.Select(row => $"{row.Path.PadRight(paths)}  {row.Value!.PadRight(values)}  {row.Origin}"));
    }

    private static string Json(IReadOnlyList<Setting> settings) =>
        JsonSerializer.Serialize(
            [.. settings.Select(static setting => new SettingJson(setting.Path, ValueOf(setting), setting.Origin))],
            EtlJson.Indented.SettingJsonArray);

    private static JsonValue? ValueOf(Setting setting) => EtlOption.Find(setting.Path)?.Default switch
    {
        int or long => JsonValue.Create(OptionText.Number(setting.Value!)),
        double => JsonValue.Create(OptionText.Fraction(setting.Value!)),
        bool => JsonValue.Create(bool.Parse(setting.Value!)),
        _ => JsonValue.Create(setting.Shown),
    };
}
