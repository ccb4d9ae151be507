using System.Diagnostics.CodeAnalysis;

namespace PaletteEtl.Catalogue;

/// <summary>The dead letters of a catalogue between runs. One that never had any has none, and none of the members changes that. Safe for
/// concurrent use.</summary>
/// <remarks>A reason is a name of <see cref="FailureReasons"/>, or of another version of this program; null stands for all of them. Each
/// member throws a <see cref="CatalogueException"/> when the catalogue cannot be used.</remarks>
public interface IDeadLetters
{
    /// <summary>Counts the dead letters of each reason, the most frequent first, equally frequent ones in ordinal order.</summary>
    IReadOnlyList<ReasonCount> CountByReason();

    /// <summary>Streams the dead letters in the order they came. The catalogue is opened when they are enumerated, and not held up for
    /// other users between two of them: the reader may be slow.</summary>
    /// <param name="reason">The reason they have; null for all.</param>
    IEnumerable<StoredDeadLetter> Read(string? reason = null);

    /// <summary>Streams the dead letters that came before one, the last first; otherwise as <see cref="Read"/>.</summary>
    /// <param name="reason">The reason they have; null for all.</param>
    /// <param name="before">The key of that one, which need not exist; without it, all are read.</param>
    IEnumerable<StoredDeadLetter> ReadBack(string? reason = null, long before = long.MaxValue);

    /// <summary>Has the next run try the movies again, also where the cover has not changed, by setting the attempts to 0.</summary>
    /// <param name="reason">The reason they have; null for all.</param>
    /// <returns>The number of dead letters.</returns>
    [SuppressMessage("ApiDesign", "RS0027", Justification = "The first parameter tells the overloads apart.")]
    long Retry(string? reason = null);

    /// <summary>Has the next run try the movies of some dead letters again, all or none of them, also where the cover has not changed. Keys
    /// that no dead letter has are passed over.</summary>
    /// <param name="keys">The keys of the dead letters.</param>
    /// <param name="ids">As many ids as keys, in the form of <see cref="MovieId.Shown"/>. A key that belongs to another id by now is passed
    /// over. Null when the keys alone decide.</param>
    /// <returns>The number of dead letters.</returns>
    long Retry(IReadOnlyList<long> keys, IReadOnlyList<string?>? ids);

    /// <summary>Deletes the dead letters whose movie is gone. An id counts with its stored type.</summary>
    /// <param name="reason">The reason they have; null for all.</param>
    /// <returns>The number of dead letters.</returns>
    long Prune(string? reason = null);
}
