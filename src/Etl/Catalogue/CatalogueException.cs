namespace PaletteEtl.Catalogue;

/// <summary>The catalogue cannot be used. The message has the problem and its fix, in one sentence or two.</summary>
public sealed class CatalogueException : Exception
{
    /// <summary>A problem with a catalogue.</summary>
    /// <param name="message">The problem, and how to fix it.</param>
    /// <param name="cause">The exception that was the cause; null when there was none.</param>
    public CatalogueException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>Whether another program holds a lock.</summary>
    internal bool IsLocked { get; init; }
}
