using System.Diagnostics;
using System.Runtime.InteropServices;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.PoisonedHost;

/// <summary>Crashes, is killed, hangs or takes all memory, as the last bytes of a cover say, before it decodes the cover.</summary>
internal sealed class PoisonedDecoder(ICoverDecoder decoder) : ICoverDecoder
{
    public ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken)
    {
        TakeEffect(item.Value!.Bytes);
        return decoder.DecodeAsync(item, memory, cancellationToken);
    }

    private static void TakeEffect(ReadOnlySpan<byte> cover)
    {
        if (cover.EndsWith("poison: crash"u8))
        {
            Environment.FailFast("A poisoned cover.");
        }

        if (cover.EndsWith("poison: killed"u8) || (cover.EndsWith("poison: killed once"u8) && IsFirst()))
        {
            Process.GetCurrentProcess().Kill(); // as the out-of-memory killer does
        }

        if (cover.EndsWith("poison: hang"u8))
        {
            using var never = new ManualResetEvent(initialState: false);
            never.WaitOne();
        }

        while (cover.EndsWith("poison: memory"u8))
        {
            TakeMemory();
        }
    }

    private static bool IsFirst()
    {
        const string Trace = "killed";
        bool isFirst = !File.Exists(Trace);
        File.WriteAllText(Trace, "");
        return isFirst;
    }

    private static unsafe void TakeMemory()
    {
        const int Size = 16 << 20;
        NativeMemory.Fill(NativeMemory.Alloc(Size), Size, 1);
    }
}
