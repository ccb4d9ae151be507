using System.CommandLine;
using Etl.Host.Configuration;
using Etl.Host.Service;

namespace Etl.Host.Commands;

/// <summary>A command that reads the configuration, with the options that all such commands have.</summary>
internal abstract class ConfiguredCommand(string name, string description) : EtlCommand(name, description)
{
    private readonly Option<FileInfo?> _config = CommandOption.File(
        "--config", "The configuration file. Default: etl.json in the current folder, if it exists.", "FILE", "-c");

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Sets one option, such as Etl:Write:BatchSize=64. Overrides file and environment. Repeatable.",
        HelpName = "KEY=VALUE",
    };

    /// <summary>Adds the options of the command, then those of the configuration: the order of the help.</summary>
    protected void Takes(params ReadOnlySpan<Option> own)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[.. own, _config, _set])
        {
            Options.Add(option);
        }
    }

    /// <summary>Whether the command line has an option of the configuration.</summary>
    protected bool IsConfigured(ParseResult parsed) => parsed.GetResult(_config) is not null || parsed.GetResult(_set) is not null;

    /// <summary>The full path of the configuration file, which may not exist.</summary>
    protected string FileOf(ParseResult parsed) => parsed.GetValue(_config)?.FullName ?? Path.GetFullPath(EtlConfiguration.DefaultFile);

    /// <summary>The configuration as all its layers give it.</summary>
    /// <exception cref="UserException">A layer cannot be read.</exception>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">The settings of the command's own options, as for <c>--set</c>.</param>
    protected EtlConfiguration Load(ParseResult parsed, params IEnumerable<string> settings) =>
        EtlConfiguration.Load(parsed.GetValue(_config)?.FullName, [.. parsed.GetValue(_set) ?? [], .. settings]);

    /// <summary>The configuration of a command for single images.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="shortcuts">The settings of the command's own options, which take precedence over all layers.</param>
    /// <exception cref="UserException">A layer cannot be read.</exception>
    protected EtlConfiguration LoadForImages(ParseResult parsed, IReadOnlyList<Setting> shortcuts) =>
        EtlConfiguration.LoadForImages(parsed.GetValue(_config)?.FullName, parsed.GetValue(_set) ?? [], shortcuts);

    /// <summary>The configuration, and how it is read again.</summary>
    /// <exception cref="UserException">A layer cannot be read.</exception>
    protected ConfigurationOrigin LoadForService(ParseResult parsed)
    {
        string place = FileOf(parsed);
        string? file = parsed.GetValue(_config) is not null || File.Exists(place) ? place : null;
        string[] settings = parsed.GetValue(_set) ?? [];

        // A file that was there is asked for by its name, so that one that is gone is refused and not taken for none.
        return new ConfigurationOrigin(Load(parsed), file, () => EtlConfiguration.Load(file, settings));
    }
}
