using Etl.IntegrationTests.Recovery;

namespace Etl.LongTests.Cluster;

/// <summary>The covers of a catalogue, some of which are replaced during a run, each by that of the next movie and back.</summary>
/// <param name="catalogue">The catalogue, with the palettes of its covers as they are.</param>
internal sealed class ReplacedCovers(ChaosCatalogue catalogue)
{
    private readonly Dictionary<string, string> _palettes = catalogue.Palettes().ToDictionary();
    private readonly string[] _ids = [.. catalogue.Palettes().Keys.Order(StringComparer.Ordinal)];
    private readonly Dictionary<string, byte[]> _covers = [];
    private readonly HashSet<string> _replaced = [];
    private HashSet<string> _changed = [];

    /// <summary>A run begins: its palettes are those of the covers as they are.</summary>
    public void StartOver() => _changed = [];

    /// <summary>Replaces the covers of a few movies.</summary>
    public void Replace()
    {
        for (int i = Random.Shared.Next(7); i < _ids.Length - 1; i += 7)
        {
            string id = _ids[i];
            _changed.Add(id);
            string temporary = catalogue.PathOf("covers/new");
            File.WriteAllBytes(temporary, CoverOf(_replaced.Add(id) ? _ids[i + 1] : Restored(id)));
            File.Move(temporary, catalogue.PathOf($"covers/{id}.jpg"), overwrite: true);
        }
    }

    /// <summary>Asserts that each palette is that of a cover which the movie has had during the run.</summary>
    public void AssertPossible(IReadOnlyDictionary<string, string> palettes)
    {
        for (int i = 0; i < _ids.Length; i++)
        {
            string id = _ids[i], other = _ids[Math.Min(i + 1, _ids.Length - 1)];
            string[] possible = _changed.Contains(id) ? [_palettes[id], _palettes[other]]
                : [_palettes[_replaced.Contains(id) ? other : id]];
            Assert.Contains(palettes[id], possible);
        }
    }

    private string Restored(string id)
    {
        _replaced.Remove(id);
        return id;
    }

    /// <summary>The cover that a movie had at first.</summary>
    private byte[] CoverOf(string id)
    {
        foreach (string each in _covers.Count == 0 ? _ids : [])
        {
            _covers[each] = File.ReadAllBytes(catalogue.PathOf($"covers/{each}.jpg"));
        }

        return _covers[id];
    }
}
