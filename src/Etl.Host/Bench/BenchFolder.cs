using Microsoft.Win32.SafeHandles;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Files;

namespace Etl.Host.Bench;

/// <summary>A temporary folder with copies of covers, so that no slow disk or server is measured, and with a catalogue of them.
/// It is removed in the end.</summary>
internal sealed class BenchFolder : IDisposable
{
    private const long MaxPixels = 40_000_000;

    private static readonly CoverVersion Unversioned = new(Size: null, Modified: null, ETag: null);

    private readonly string _folder = Directory.CreateTempSubdirectory("etl-bench-").FullName;
    private readonly PaletteExtractor _extractor = new(new EtlOptions { Decode = { MaxPixels = MaxPixels } });
    private readonly List<string> _covers = [];

    /// <summary>The paths of the covers.</summary>
    public IReadOnlyList<string> Covers => _covers;

    /// <summary>Covers that have no palette, are too large, or could not be had.</summary>
    public int LeftOut { get; private set; }

    public string Database => Path.Combine(_folder, "movies.db");

    /// <summary>Where the catalogue's covers are.</summary>
    public string Location => Path.Combine(_folder, "{id}");

    /// <summary>Takes a cover, if it has a palette and is not too large to be held whole, as its error has to be found.</summary>
    public void Add(ReadOnlySpan<byte> cover)
    {
        try
        {
            _extractor.Extract(cover);
        }
        catch (CoverException)
        {
            LeaveOut();
            return;
        }

        string path = Path.Combine(_folder, $"{_covers.Count}");
        File.WriteAllBytes(path, cover);
        _covers.Add(path);
    }

    public void LeaveOut() => LeftOut++;

    /// <summary>Makes the catalogue anew: movies without palettes, over and over the same covers.</summary>
    public void CreateCatalogue(int movies)
    {
        File.Delete(Database);
        SampleCatalogue.CreateNumbered(Database, movies, _covers.Count);
    }

    /// <summary>The bytes of a cover, as fetch reads them.</summary>
    public static Cover Read(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        var data = new NativeBuffer((int)RandomAccess.GetLength(file));
        data.Resize(CoverFileReader.Read(file, data.GetSpan()));
        return new Cover(data, Unversioned, reservation: null);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file is still open, such as by a virus scanner: better a folder left than what was measured lost.
        }
    }
}
