using Etl.Host.Configuration;
using Etl.Host.Recovery;
using PaletteEtl.Covers;

namespace Etl.Host.Outputs;

/// <summary>The files that a command reads, keeps or writes; refuses an output that is one of them.</summary>
internal sealed class FilesInUse
{
    private readonly List<(Func<NamedFile, bool> Has, string Use)> _uses = [];

    private FilesInUse()
    {
    }

    /// <summary>The files that a configuration names.</summary>
    /// <exception cref="UserException">Serilog would write its log into one of the others.</exception>
    public static FilesInUse Of(EtlConfiguration configuration)
    {
        EtlOptions options = configuration.Options;
        var files = new FilesInUse();
        files.AddDatabase(options.Query.Database);
        files.Add(configuration.File, "it is the configuration file");
        files.AddCovers(options.Fetch);
        foreach (Setting other in configuration.Settings.Where(IsCertificate))
        {
            files.Add(other.Value, $"it is the file of {other.Path}");
        }

        foreach (Setting log in configuration.Settings.Where(static setting => SerilogSection.IsFile(setting.Path)))
        {
            files.AddLog(log);
        }

        return files;
    }

    /// <summary>Accepts the file that an option names as an output, and keeps later outputs from it.</summary>
    /// <exception cref="UserException">The file is in use, or cannot be written.</exception>
    public OutputFile Claim(string option, FileInfo file)
    {
        OutputFile output = Unused(option, file);
        output.ThrowIfUnwritable();
        _uses.Add((output.File.Is, $"{option} names it too"));
        return output;
    }

    /// <summary>Likewise for a database, which must not exist yet.</summary>
    /// <exception cref="UserException">The file is in use, exists, or cannot be written.</exception>
    public OutputFile ClaimDatabase(string option, FileInfo file)
    {
        OutputFile output = Unused(option, file);
        string path = output.File.RealPath;
        string[] companions = DatabaseFiles.CompanionsOf(path);
        if (companions.Prepend(path).FirstOrDefault(Path.Exists) is { } taken)
        {
            throw output.Refused($"{(taken == path ? "it" : taken)} exists already", "Name a file that does not exist");
        }

        output.ThrowIfUnwritable();
        foreach (string part in companions.Prepend(path))
        {
            Add(part, $"it belongs to the database of {option}");
        }

        return output;
    }

    private OutputFile Unused(string option, FileInfo file)
    {
        var output = OutputFile.At($"{option} {file}", file.FullName);
        ThrowIfUsed(output);
        return output;
    }

    private void ThrowIfUsed(OutputFile output)
    {
        if (_uses.FirstOrDefault(use => use.Has(output.File)).Use is { } use)
        {
            throw output.Refused(use, "Name another file");
        }
    }

    private void AddDatabase(string path)
    {
        Add(path, "it is the database");
        foreach (string name in NamedFile.TryOf(path)?.Names ?? [])
        {
            foreach (string companion in DatabaseFiles.CompanionsOf(name))
            {
                Add(companion, "it belongs to the database");
            }

            string crashLog = CrashLog.FolderOf(name);
            Add(crashLog, "it is the crash log of the database");
            if (FileStatus.TryOf(crashLog)?.Identity is { } folder)
            {
                _uses.Add((file => file.IsIn(folder), "it is in the crash log of the database"));
            }
        }
    }

    private void AddCovers(FetchOptions options)
    {
        foreach (LocationTemplate location in options.Locations.Select(static text => new LocationTemplate(text)))
        {
            if (!location.IsUrl && CoverFiles.TryOf(location, options.FollowLinks) is { } covers)
            {
                _uses.Add((covers.Contain, $"it is, or would be, a cover of Etl:Fetch:Locations {location}"));
            }
        }
    }

    /// <exception cref="UserException">The log would be written into a file in use.</exception>
    private void AddLog(Setting log)
    {
        string path = Environment.ExpandEnvironmentVariables(log.Value!); // as Serilog does
        if (NamedFile.TryOf(path) is { } file)
        {
            ThrowIfUsed(new OutputFile($"{log.Path} {log.Value}", file));
            _uses.Add((new LogFile(file).Is, $"{log.Path} writes the log there"));
        }
    }

    private void Add(string? path, string use)
    {
        if (NamedFile.TryOf(path) is { } file)
        {
            _uses.Add((file.Is, use));
        }
    }

    private static bool IsCertificate(Setting setting) =>
        setting.Path.Equals("Etl:Cluster:CaFile", StringComparison.OrdinalIgnoreCase)
        || (setting.Path.StartsWith("Kestrel:", StringComparison.OrdinalIgnoreCase)
            && setting.Path.EndsWith("Path", StringComparison.OrdinalIgnoreCase));
}
