using System.Buffers.Binary;

namespace Etl.Host.Recovery;

/// <summary>A movie that was being decoded, and its failure in the sandbox.</summary>
/// <param name="Key">The key of the movie.</param>
/// <param name="SandboxFailure">How its cover failed in the sandbox; null before the first attempt there.</param>
internal readonly record struct CrashLogEntry(UInt128 Key, FailureReason? SandboxFailure = null)
{
    /// <summary>Its length in the file: a state, which is 0 where there is no entry, and the key.</summary>
    public const int Bytes = 1 + KeyBytes;

    private const int KeyBytes = 16;
    private const byte Suspect = 1, Crashed = 2, TimedOut = 3;

    public static CrashLogEntry? Read(ReadOnlySpan<byte> bytes)
    {
        UInt128 key = BinaryPrimitives.ReadUInt128LittleEndian(bytes[1..]);
        return bytes[0] switch
        {
            Suspect => new(key),
            Crashed => new(key, FailureReason.Crashed),
            TimedOut => new(key, FailureReason.Timeout),
            _ => null,
        };
    }

    public void Write(Span<byte> bytes)
    {
        bytes[0] = SandboxFailure switch
        {
            null => Suspect,
            FailureReason.Timeout => TimedOut,
            _ => Crashed,
        };
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[1..], Key);
    }
}
