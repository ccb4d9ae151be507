using System.Diagnostics;
using System.Runtime.InteropServices;
using PaletteEtl.Covers;

namespace Etl.Host.Recovery;

/// <summary>Covers that bring a process down, for tests: no known file crashes the decoders. In builds other than Debug
/// nothing calls this.</summary>
internal static class Poison
{
    /// <summary>The environment variable that lets poison take effect.</summary>
    public const string Variable = "ETL_TEST_POISON";

    /// <summary>A decoder in which poison takes effect, if it does anywhere in this process.</summary>
    public static ICoverDecoder In(ICoverDecoder decoder) =>
        Environment.GetEnvironmentVariable(Variable) is null ? decoder : new PoisonedDecoder(decoder);

    /// <summary>Does what the end of a cover says: crash, hang, or take all memory.</summary>
    [Conditional("DEBUG")]
    public static void TakeEffect(Cover cover)
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }

        ReadOnlySpan<byte> data = cover.Data.GetSpan();
        if (data.EndsWith("poison: crash"u8))
        {
            Environment.FailFast("A poisoned cover.");
        }

        while (data.EndsWith("poison: hang"u8))
        {
            Thread.Yield();
        }

        while (data.EndsWith("poison: memory"u8))
        {
            TakeMemory();
        }
    }

    private static unsafe void TakeMemory()
    {
        const int Size = 16 << 20;
        NativeMemory.Fill(NativeMemory.Alloc(Size), Size, 1);
    }
}
