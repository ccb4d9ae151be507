namespace Etl.Host.Thumbnails;

/// <summary>A small picture of a cover, encoded as WebP.</summary>
internal sealed record Thumbnail(byte[] Bytes, int Width, int Height)
{
    public const string MediaType = "image/webp";

    /// <summary>The picture as an address that holds it.</summary>
    public string DataUri => $"data:{MediaType};base64,{Convert.ToBase64String(Bytes)}";
}
