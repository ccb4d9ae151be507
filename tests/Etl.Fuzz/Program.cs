using SharpFuzz;

namespace Etl.Fuzz;

/// <summary>Run by afl-fuzz, which tests/fuzz starts. With <c>instrument</c> it prepares the assembly under test beside it.</summary>
internal static class Program
{
    public static void Main(string[] args)
    {
        if (args is ["instrument"])
        {
            Instrument();
        }
        else
        {
            Fuzzer.Run(DcJpegTarget.Run);
        }
    }

    private static void Instrument()
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "PaletteEtl.dll"); // which is not loaded yet
        IEnumerable<string> types = Fuzzer.Instrument(
            assembly, static type => type.StartsWith("PaletteEtl.Covers.Formats.Jpeg.", StringComparison.Ordinal), Options.Value);
        Console.WriteLine($"Instrumented {types.Count()} types.");
    }
}
