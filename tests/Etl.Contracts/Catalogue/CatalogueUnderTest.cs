using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Contracts.Catalogue;

/// <summary>A catalogue whose ports are tested, without movies at first, and what other programs do to its rows.</summary>
public abstract class CatalogueUnderTest : IDisposable
{
    public abstract IMovieSource Movies { get; }

    public abstract IPaletteSink Sink { get; }

    public abstract IPalettes Palettes { get; }

    public abstract IDeadLetters DeadLetters { get; }

    public abstract IDamagedPalettes DamagedPalettes { get; }

    public abstract ICatalogueStatus Status { get; }

    /// <summary>The clock of the catalogue.</summary>
    public abstract FakeTimeProvider Clock { get; }

    /// <summary>Adds a row behind all others, as another program does.</summary>
    public abstract void Add(MovieId id, Palette? palette);

    /// <summary>Fills the row of an id, as another program does.</summary>
    public abstract void Fill(MovieId id, Palette palette);

    /// <summary>Removes the row of an id, as another program does.</summary>
    public abstract void Remove(MovieId id);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
