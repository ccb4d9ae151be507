using System.CommandLine;

namespace Etl.Host.Commands;

/// <summary>Options whose value is a file.</summary>
internal static class FileOption
{
    public static Option<FileInfo?> Create(string name, string description, string helpName, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            if (argument.Tokens is [{ Value.Length: > 0 } path])
            {
                return new FileInfo(path.Value);
            }

            argument.AddError($"{name} takes the name of a file.");
            return null;
        },
    };
}
