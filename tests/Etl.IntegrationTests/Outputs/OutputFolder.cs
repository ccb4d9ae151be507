using Etl.Host;
using Etl.Host.Outputs;
using Etl.IntegrationTests.Configuration;

namespace Etl.IntegrationTests.Outputs;

/// <summary>A folder with a database, a cover and a configuration, each under several names.</summary>
internal sealed class OutputFolder : IDisposable
{
    private static readonly string[] Settings = ["Etl:Query:Database=movies.db", "Etl:Fetch:Locations:0=covers/{id}.jpg"];

    private readonly ConfigurationFolder _folder = new();

    public OutputFolder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        _folder.WithFile("movies.db", "database").WithFile("covers/1.jpg", "cover").WithFile("etl.json", "{}").WithFile("sub/other.txt", "other");
        File.CreateSymbolicLink(this["database-link"], "movies.db");
        File.CreateSymbolicLink(this["link-of-link"], "database-link");
        UnixFile.HardLink(this["movies.db"], this["database-twin"]);
        File.CreateSymbolicLink(this["cover-link"], "covers/1.jpg");
        UnixFile.HardLink(this["covers/1.jpg"], this["cover-twin"]);
        UnixFile.HardLink(this["etl.json"], this["configuration-twin"]);
        Directory.CreateSymbolicLink(this["sub/up"], "..");
        Directory.CreateSymbolicLink(this["covers-link"], "covers");
    }

    public string this[string name] => _folder.PathOf(name);

    /// <summary>The files that are in use with some settings more.</summary>
    public FilesInUse Files(params string[] settings) => FilesInUse.Of(_folder.Load(file: null, [.. Settings, .. settings]));

    public OutputFile Claim(string name, params string[] settings) => Files(settings).Claim("--out", new FileInfo(this[name]));

    /// <summary>The line with which an output is refused.</summary>
    public string Refusal(string name, params string[] settings) => Refusal(() => Claim(name, settings));

    public static string Refusal(Action claim)
    {
        UserException error = Assert.Throws<UserException>(claim);
        Assert.Equal(2, error.ExitCode);
        Assert.Matches(@"\A(--[a-z]+|Serilog:\S+) .+ cannot be written: .+\. [A-Z].+\.\z", error.Message);
        return error.Message;
    }

    /// <summary>Writes a file, and its folder where there is none.</summary>
    public string Write(string name, string text)
    {
        _folder.WithFile(name, text);
        return this[name];
    }

    public string[] Partials => [.. new[] { _folder.Path, this["sub"], this["covers"] }.SelectMany(static folder => Directory.EnumerateFiles(folder, "*.partial*"))];

    public void Dispose() => _folder.Dispose();
}
