namespace Etl.Tests.Cluster.Simulation;

/// <summary>A catalogue whose covers change: what each movie may and must get is known.</summary>
/// <param name="number">Its number, the first byte of its palettes.</param>
/// <param name="movies">The number of movies.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulatedCatalogue(int number, int movies, SimulatedTime time)
{
    private readonly List<TimeSpan>[] _changes = [.. Enumerable.Range(0, movies).Select(static _ => new List<TimeSpan> { TimeSpan.Zero })];
    private readonly bool[] _crashes = new bool[movies];
    private readonly bool[] _absent = new bool[movies];
    private readonly bool[] _slow = new bool[movies];
    private readonly byte[]?[] _palettes = new byte[]?[movies];
    private readonly string?[] _failures = new string?[movies];

    public int Movies => movies;

    public string Identity { get; } = $"catalogue {number}";

    public bool IsComplete => Enumerable.Range(0, movies).All(movie => !IsMissing(movie));

    public bool IsMissing(int movie) => _palettes[movie] is null && _failures[movie] is null;

    public bool Crashes(int movie) => movie < movies && _crashes[movie];

    public bool LacksCover(int movie) => movie < movies && _absent[movie];

    public bool IsSlow(int movie) => movie < movies && _slow[movie];

    /// <summary>Has the cover of a movie take longer than the broker waits for an acknowledgement.</summary>
    public void SlowDown(int movie) => _slow[movie] = true;

    /// <summary>Removes the cover of a movie.</summary>
    public void RemoveCover(int movie) => _absent[movie] = true;

    /// <summary>Has the cover of a movie end every process that decodes it.</summary>
    public void Poison(int movie) => _crashes[movie] = true;

    /// <summary>Replaces all covers.</summary>
    public void ReplaceCovers()
    {
        foreach (List<TimeSpan> changes in _changes)
        {
            changes.Add(time.Now);
        }
    }

    /// <summary>The colour of a movie's cover as it is now.</summary>
    public byte[] ReadCover(int movie) => [(byte)number, (byte)movie, (byte)(movie < movies ? _changes[movie].Count : 0)];

    /// <summary>Whether the cover had a colour at some time from a moment on.</summary>
    public bool HadSince(int movie, byte[] color, TimeSpan asked)
    {
        int version = color[2];
        bool isOfMovie = color.Length == 3 && color[0] == number && color[1] == movie && version <= _changes[movie].Count;
        return isOfMovie && (version == _changes[movie].Count || _changes[movie][version] >= asked);
    }

    /// <summary>Writes a palette where it is missing. False where it is not.</summary>
    public bool Write(int movie, byte[] color)
    {
        bool isMissing = IsMissing(movie);
        _palettes[movie] ??= color;
        return isMissing;
    }

    public bool Fail(int movie, string reason)
    {
        bool isMissing = IsMissing(movie);
        _failures[movie] ??= reason;
        return isMissing;
    }

    public string? FailureOf(int movie) => _failures[movie];
}
