namespace PaletteEtl.Catalogue;

/// <summary>The catalogue cannot be used: what is wrong with it, and how to mend that, in one sentence or two.</summary>
public sealed class CatalogueException : Exception
{
    internal CatalogueException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
