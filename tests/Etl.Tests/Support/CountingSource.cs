using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Tests.Support;

/// <summary>A source of numbered movies that counts what is read from it.</summary>
internal sealed class CountingSource(int items) : IMovieSource
{
    private int _read;

    /// <summary>Movies handed out so far.</summary>
    public int ItemsRead => Volatile.Read(ref _read);

    /// <summary>Called before a movie is handed out, with its number, and with the count of all at the end.</summary>
    public Action<int> Before { get; init; } = static _ => { };

    /// <summary>Whether it goes on when the run drains, as a catalogue does to the end of its page.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Called to count the movies.</summary>
    public Action<CancellationToken> Counting { get; init; } = static _ => { };

    public IEnumerable<Movie> ReadMissing(CancellationToken draining)
    {
        for (int number = 0; number < items && (GoesOn || !draining.IsCancellationRequested); number++)
        {
            Before(number);
            Interlocked.Increment(ref _read);
            yield return Movies.At(number);
        }

        Before(items);
    }

    public long CountMissing(CancellationToken cancellationToken)
    {
        Counting(cancellationToken);
        return items;
    }
}
