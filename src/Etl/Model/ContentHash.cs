using System.IO.Hashing;

namespace PaletteEtl.Model;

/// <summary>The hash that tells contents apart: xxHash128, which is fast and no protection against forgery.</summary>
internal static class ContentHash
{
    /// <summary>The length in bytes.</summary>
    public const int Bytes = 16;

    public static UInt128 Of(ReadOnlySpan<byte> content) => XxHash128.HashToUInt128(content);
}
