using System.Globalization;
using Etl.IntegrationTests.Run;
using Microsoft.Data.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.LongTests.Service;

/// <summary>A catalogue that other programs write to all the time: the soak's world.</summary>
internal sealed class SoakCatalogue : IDisposable
{
    private static readonly byte[] NoPicture = "<html>no cover here</html>"u8.ToArray();

    private readonly TestCatalogue _catalogue = new(movies: 40);
    private readonly (byte[] Cover, string Palette)[] _covers;
    private readonly Dictionary<string, string> _expected = [];
    private int _next = 9_000_000;

    public SoakCatalogue()
    {
        var extractor = new PaletteExtractor();
        _covers =
        [
            .. Directory.EnumerateFiles(_catalogue.PathOf("covers")).Select(File.ReadAllBytes).Select(PaletteOf).OfType<(byte[], string)>(),
        ];
        Broken = 2;

        (byte[], string)? PaletteOf(byte[] cover)
        {
            try
            {
                return (cover, extractor.Extract(cover).ToJson());
            }
            catch (CoverException)
            {
                return null; // one of the two that are broken
            }
        }
    }

    public string Folder => _catalogue.Folder;

    public long Movies => _catalogue.Scalar("SELECT count(*) FROM movies");

    public long Missing => _catalogue.Missing;

    public int Broken { get; private set; }

    public int Late { get; private set; }

    public int Locks { get; private set; }

    public long TrueDeadLetters => _catalogue.Scalar(
        "SELECT count(*) FROM etl_dead_letters WHERE reason IN ('unsupported_format', 'truncated')");

    /// <summary>Inserts movies a few at a time, until told to stop; then the last covers come.</summary>
    public async Task WriteAsync(CancellationToken over)
    {
        var late = new Queue<(string Id, byte[] Cover)>();
        while (!over.IsCancellationRequested)
        {
            for (int i = Random.Shared.Next(1, 20); i > 0; i--)
            {
                Insert(late);
            }

            while (late.Count > 20)
            {
                Deliver(late.Dequeue());
            }

            await Task.Delay(Random.Shared.Next(10, 500), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        while (late.TryDequeue(out (string, byte[]) cover))
        {
            Deliver(cover);
        }
    }

    /// <summary>Takes the whole database for itself now and then.</summary>
    public async Task LockAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(Random.Shared.Next(1_000, 8_000), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using SqliteConnection held = _catalogue.Hold("PRAGMA busy_timeout = 30000; BEGIN EXCLUSIVE");
            Locks++;
            await Task.Delay(Random.Shared.Next(50, 2_000), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The movies whose palette is not that of their cover.</summary>
    public IReadOnlyList<string> Wrong() =>
        [.. _expected.Where(movie => _catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{movie.Key}'") != movie.Value).Select(movie => movie.Key)];

    /// <summary>The movies that have no palette although they have a cover, with what the database says of them.</summary>
    public IReadOnlyList<string> Left()
    {
        using SqliteConnection connection = _catalogue.Hold("PRAGMA busy_timeout = 30000");
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT m.id || ' ' || coalesce(d.reason || ', ' || d.message || ', ' || d.attempts || ' attempts, ' || d.last_at, 'no dead letter')
            FROM movies m LEFT JOIN etl_dead_letters d ON d.movie_id = m.id
            WHERE (palette_json IS NULL OR palette_json = '') AND coalesce(d.reason NOT IN ('unsupported_format', 'truncated')
                OR m.id >= '9000000' AND d.reason <> 'unsupported_format', 1)
            """;
        using SqliteDataReader row = command.ExecuteReader();
        var left = new List<string>();
        while (row.Read())
        {
            left.Add(row.GetString(0));
        }

        return left;
    }

    public string Integrity() => _catalogue.Text("PRAGMA integrity_check");

    public void Dispose() => _catalogue.Dispose();

    private void Insert(Queue<(string Id, byte[] Cover)> late)
    {
        string id = (_next++).ToString(CultureInfo.InvariantCulture);
        (byte[] cover, string palette) = _covers[Random.Shared.Next(_covers.Length)];
        switch (Random.Shared.Next(20))
        {
            case 0:
                Deliver((id, NoPicture));
                Broken++;
                break;
            case < 4:
                late.Enqueue((id, cover));
                Late++;
                _expected[id] = palette;
                break;
            default:
                Deliver((id, cover));
                _expected[id] = palette;
                break;
        }

        _catalogue.Execute($"PRAGMA busy_timeout = 30000; INSERT INTO movies (id, title) VALUES ('{id}', 'New')");
    }

    private void Deliver((string Id, byte[] Bytes) cover) =>
        File.WriteAllBytes(_catalogue.PathOf($"covers/{cover.Id}.jpg"), cover.Bytes);
}
