using SharpFuzz;

namespace Etl.Fuzz;

/// <summary>Run by afl-fuzz, which tests/fuzz starts, with the name of a target. With <c>instrument</c> it prepares the assembly under test
/// beside it.</summary>
internal static class Program
{
    public static void Main(string[] args)
    {
        switch (args)
        {
            case ["instrument"]:
                Instrument();
                break;
            case ["jpeg"]:
                Fuzzer.Run(DcJpegTarget.Run);
                break;
            case ["containers"]:
                Fuzzer.Run(ContainerTarget.Run);
                break;
            default:
                throw new ArgumentException("The target is jpeg or containers.");
        }
    }

    private static void Instrument()
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "PaletteEtl.dll"); // which is not loaded yet
        IEnumerable<string> types = Fuzzer.Instrument(
            assembly, static type => type.StartsWith("PaletteEtl.Covers.Formats.", StringComparison.Ordinal), Options.Value);
        Console.WriteLine($"Instrumented {types.Count()} types.");
    }
}
