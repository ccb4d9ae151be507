using Etl.Pipeline;
using Etl.Quantize;

namespace Etl.Write;

/// <summary>Where palettes and failures end. Used by one writer at a time.</summary>
internal interface IPaletteSink
{
    /// <summary>Writes a batch whole or not at all. Opens what it needs at the first batch.</summary>
    BatchResult Write(ReadOnlySpan<Item<Palette>> batch);

    /// <summary>Lets go of what was opened; another batch opens it again.</summary>
    void Close();
}
