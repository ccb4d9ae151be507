namespace PaletteEtl.Model;

/// <summary>The stages' names, as reports, metrics and dead letters have them.</summary>
internal static class StageNames
{
    public const string Fetch = "fetch";
    public const string Decode = "decode";
    public const string Quantize = "quantize";
    public const string Write = "write";

    /// <summary>Fetch, decode and quantize, where other machines do them.</summary>
    public const string Extract = "extract";
}
