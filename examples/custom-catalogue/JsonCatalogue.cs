using System.Text.Json;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace CustomCatalogue;

/// <summary>Movies and their palettes in a JSON file: {"0111161": null, "0068646": [[124, 198, 203]]}.</summary>
public sealed class JsonCatalogue(string path) : IMovieSource, IPaletteSink
{
    public IEnumerable<Movie> ReadMissing(CancellationToken draining) => Load()
        .Where(movie => movie.Value is null)
        .TakeWhile(_ => !draining.IsCancellationRequested)
        .Select(movie => new Movie(default, new MovieId(movie.Key)));

    public long CountMissing(CancellationToken cancellationToken) => Load().LongCount(movie => movie.Value is null);

    public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes)
    {
        Dictionary<string, Palette?> movies = Load();
        for (int i = 0; i < batch.Length; i++)
        {
            outcomes[i] = Settle(movies, batch[i]);
        }

        File.WriteAllText($"{path}.new", JsonSerializer.Serialize(movies));
        File.Move($"{path}.new", path, overwrite: true); // the whole batch or nothing
        return BatchResult.Of(outcomes[..batch.Length]);
    }

    public void Open()
    {
    }

    public long CountStillMissing() => 0;

    public void Close()
    {
    }

    // Keeps no dead letters: a movie that failed is tried again by the next run.
    private static Outcome Settle(Dictionary<string, Palette?> movies, Item<Palette> item)
    {
        string id = item.Movie.Id.Text!;
        if (item.IsSkipped || item.Failure is not null)
        {
            return new Outcome(item.IsSkipped ? OutcomeKind.Skipped : OutcomeKind.DeadLetter, item.Failure);
        }

        if (!movies.TryGetValue(id, out Palette? palette) || palette is not null)
        {
            return new Outcome(OutcomeKind.Superseded); // never overwrite what another program has written
        }

        movies[id] = item.Value;
        return new Outcome(OutcomeKind.Written, IsDamaged: item.Damage is not null);
    }

    private Dictionary<string, Palette?> Load() =>
        JsonSerializer.Deserialize<Dictionary<string, Palette?>>(File.ReadAllText(path))!;
}
