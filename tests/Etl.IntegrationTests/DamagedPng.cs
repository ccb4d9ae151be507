namespace Etl.IntegrationTests;

/// <summary>A PNG with a damaged chunk that no pixel depends on, which every set-up finds.</summary>
internal static class DamagedPng
{
    public static byte[] Bytes { get; } = Make();

    private static byte[] Make()
    {
        byte[] png = Asset.Bytes("rgba.png");
        int data = png.AsSpan().IndexOf("IDAT"u8) - 4;
        return [.. png[..data], 0, 0, 0, 1, .. "tEXt"u8, (byte)'x', 1, 2, 3, 4, .. png[data..]];
    }
}
