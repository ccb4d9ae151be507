using System.Runtime.CompilerServices;
using PaletteEtl.Covers.Formats;

namespace Etl.IntegrationTests;

/// <summary>Keeps the warnings of libvips about damaged covers out of the test log, as the program does.</summary>
internal static class QuietVips
{
    [ModuleInitializer]
    public static void Initialize() => LibVips.IsQuiet = true;
}
