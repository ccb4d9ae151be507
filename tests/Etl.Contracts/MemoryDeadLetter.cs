using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Contracts;

/// <summary>A dead letter of a <see cref="MemoryCatalogue"/>.</summary>
internal sealed record MemoryDeadLetter(
    long Key, MovieId Id, Failure Failure, long Attempts, DateTimeOffset FirstAt, DateTimeOffset LastAt)
{
    /// <summary>A time as stored records have it.</summary>
    public static string Text(DateTimeOffset time) => $"{time.UtcDateTime:O}";

    public DeadLetter ToPrevious() => new(Failure.Reason, Attempts, Failure.Version, Failure.Stage, LastAt);

    public StoredDeadLetter ToStored() => new(
        Key,
        Id,
        Failure.Stage,
        Failure.Reason.Name(),
        Failure.Message,
        Attempts,
        Text(FirstAt),
        Text(LastAt),
        Failure.Version?.Size,
        Failure.Version?.Modified is { } modified ? Text(modified) : null,
        Failure.Version?.ETag);
}
