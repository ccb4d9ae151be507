namespace Etl.Host.Commands;

/// <summary>How palettes of images are printed.</summary>
internal enum ImageFormat
{
    /// <summary>A line an image, or swatches where the terminal has the colours.</summary>
    Text,

    /// <summary>One JSON array.</summary>
    Json,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>A rule of CSS an image.</summary>
    Css,
}
