using System.Diagnostics;
using PaletteEtl.Covers;

namespace Etl.Host;

/// <summary>The process that runs the program: the start of its children, and the decorator of its decoders.</summary>
internal static class HostProcess
{
    private static Func<ICoverDecoder, ICoverDecoder> _decorate = static decoder => decoder;
    private static bool _isProgram;

    /// <summary>Makes this process the program, which starts itself as a child. Any other process starts <c>etl</c>.</summary>
    /// <param name="decorate">Decorates each cover decoder that the process composes; null for none.</param>
    public static void Begin(Func<ICoverDecoder, ICoverDecoder>? decorate)
    {
        _isProgram = true;
        _decorate = decorate ?? _decorate;
    }

    public static ICoverDecoder Decorate(ICoverDecoder decoder) => _decorate(decoder);

    /// <summary>The start of the program as a child with these arguments.</summary>
    public static ProcessStartInfo Child(IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        return _isProgram && !IsDotnet(program)
            ? new(program, arguments)
            : new("dotnet", arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "etl.dll")));
    }

    private static bool IsDotnet(string program) =>
        Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
