using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Etl.Cluster.Messages;

/// <summary>Identifies the settings of a run: the first half of the SHA-256 of their JSON, in hexadecimal.</summary>
internal static class SettingsFingerprint
{
    public static string Of(JsonElement settings)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonMarshal.GetRawUtf8Value(settings), hash);
        return Convert.ToHexStringLower(hash[..(SHA256.HashSizeInBytes / 2)]);
    }
}
