namespace Etl.Host.Commands;

/// <summary>Where an image is.</summary>
/// <param name="Name">A file, an http(s) URL, or the name of standard input.</param>
/// <param name="IsInput">Whether it is standard input.</param>
internal readonly record struct ImageSource(string Name, bool IsInput = false)
{
    public const string StandardInput = "-";

    /// <summary>An image that the command line names.</summary>
    public static ImageSource OfArgument(string name) => new(name, IsInput: name == StandardInput);
}
