using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PaletteEtl.Model;

/// <summary>The hash of a movie's id as text, which names its cover: 16 bytes however long the id is.</summary>
internal static class MovieKey
{
    public static UInt128 Of(MovieId id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(id.Text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
