using System.Globalization;
using System.IO.Hashing;
using System.Text;
using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>Lets one service at a time lead a catalogue, which is a palette column of a table of a database; the others stand by.</summary>
/// <remarks>It is a lock of the system on a file beside the database, which ends with its process, however that ends: no lease expires, no clocks
/// have to agree, and nothing is written to the catalogue. The file stays, because another service may be opening it.</remarks>
/// <param name="query">The catalogue.</param>
/// <param name="clock">The clock.</param>
internal sealed class LeaderLock(QueryOptions query, TimeProvider clock) : IDisposable
{
    /// <summary>Time between two attempts.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private FileStream? _file;

    /// <summary>Completes once this service leads. Returns whether another one did.</summary>
    /// <param name="standsBy">Called after each attempt at which another service leads, with a sentence.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CatalogueException">The file cannot be written.</exception>
    public async Task<bool> TakeAsync(Action<string> standsBy, CancellationToken cancellationToken)
    {
        bool waited = false;
        while (_file is null && File.Exists(query.Database)) // without a database there is nothing to lead
        {
            string path = PathOf(query);
            _file = Open(path);
            if (_file is null)
            {
                standsBy($"Another service leads this catalogue and holds {Path.GetFileName(path)}, so this one stands by.");
                waited = true;
                await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(false);
            }
        }

        return waited;
    }

    public void Dispose() => _file?.Dispose();

    private static string PathOf(QueryOptions query)
    {
        string database = File.ResolveLinkTarget(query.Database, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(query.Database);
        uint column = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{query.Table}\0{query.PaletteColumn}"));
        return string.Create(CultureInfo.InvariantCulture, $"{database}-service-{column:x8}");
    }

    /// <summary>Opens the file for this process alone; null when another one has it.</summary>
    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CatalogueException($"The file {path} cannot be written. Check the permissions of the file and of its directory.", error);
        }
    }
}
