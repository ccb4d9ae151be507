using Etl.Host;
using Etl.Host.Configuration;

namespace Etl.IntegrationTests.Configuration;

/// <summary>A current folder and an environment of a test's own.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    private readonly Dictionary<string, string> _variables = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("etl-configuration-").FullName;

    public string PathOf(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public ConfigurationFolder WithFile(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public ConfigurationFolder WithVariable(string name, string value)
    {
        _variables.Add(name, value);
        return this;
    }

    public EtlConfiguration Load(string? file = null, params string[] settings) =>
        EtlConfiguration.Load(file, settings, new ProcessEnvironment(Path, _variables));

    public EtlConfiguration LoadForImages(string[] settings, params Setting[] shortcuts) =>
        EtlConfiguration.LoadForImages(file: null, settings, shortcuts, new ProcessEnvironment(Path, _variables));

    /// <summary>The lines with which loading is refused.</summary>
    public string[] Refusal(string? file = null, params string[] settings)
    {
        UserException error = Assert.Throws<UserException>(() => Load(file, settings));
        Assert.Equal(2, error.ExitCode);
        return error.Message.Split(Environment.NewLine);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
