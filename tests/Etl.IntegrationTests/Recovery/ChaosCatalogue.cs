using System.Globalization;
using Microsoft.Data.Sqlite;
using SkiaSharp;

namespace Etl.IntegrationTests.Recovery;

/// <summary>A catalogue in which no two covers look alike, so that a palette on the wrong movie shows, and in which a
/// trigger counts every write of a palette.</summary>
internal sealed class ChaosCatalogue : IDisposable
{
    private const int Width = 240, Height = 360, Tile = 40;

    private readonly int _movies;
    private readonly string _pristine;

    public ChaosCatalogue(int movies, string journalMode)
    {
        _movies = movies;
        _pristine = PathOf("pristine.db");
        Directory.CreateDirectory(PathOf("covers"));
        Parallel.For(0, movies, Draw);
        CreateDatabase(journalMode);
        StartOver();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("etl-chaos-").FullName;

    public static string[] Settings => ["--set", "Etl:Query:Database=movies.db", "--set", "Etl:Fetch:Locations:0=covers/{id}.jpg"];

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Puts back the database without palettes.</summary>
    public void StartOver()
    {
        foreach (string path in Directory.EnumerateFiles(Folder, "movies.db*"))
        {
            File.Delete(path);
        }

        File.Copy(_pristine, PathOf("movies.db"));
    }

    public IReadOnlyDictionary<string, string> Palettes() =>
        Read("SELECT id, palette_json FROM movies").ToDictionary(row => row.First, row => row.Second);

    public int Missing => Palettes().Values.Count(palette => palette.Length == 0);

    /// <summary>Movies whose palette was written other than once.</summary>
    public IEnumerable<string> NotWrittenOnce() =>
        Read("SELECT m.id, '' FROM movies AS m WHERE (SELECT count(*) FROM writes AS w WHERE w.id = m.id) <> 1").Select(row => row.First);

    public string Integrity() => Read("PRAGMA integrity_check", columns: 1).Single().First;

    public string JournalMode() => Read("PRAGMA journal_mode", columns: 1).Single().First;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Draw(int movie)
    {
        var random = new Random(movie);
        using var bitmap = new SKBitmap(Width, Height);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint())
        {
            for (int y = 0; y < Height; y += Tile)
            {
                for (int x = 0; x < Width; x += Tile)
                {
                    paint.Color = new SKColor((uint)random.Next() | 0xFF000000);
                    canvas.DrawRect(x, y, Tile, Tile, paint);
                }
            }
        }

        using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality: 90);
        using FileStream file = File.Create(PathOf($"covers/{IdOf(movie)}.jpg"));
        jpeg.SaveTo(file);
    }

    private static string IdOf(int movie) => movie.ToString("D7", CultureInfo.InvariantCulture);

    private void CreateDatabase(string journalMode)
    {
        using var connection = new SqliteConnection($"Data Source={_pristine};Pooling=False");
        connection.Open();
        Execute(connection, $"PRAGMA journal_mode = {journalMode}");
        Execute(
            connection,
            """
            CREATE TABLE movies (id TEXT PRIMARY KEY, palette_json TEXT);
            CREATE TABLE writes (id TEXT);
            CREATE INDEX writes_id ON writes (id);
            CREATE TRIGGER count_writes AFTER UPDATE OF palette_json ON movies BEGIN INSERT INTO writes VALUES (new.id); END;
            """);
        using SqliteTransaction transaction = connection.BeginTransaction();
        for (int movie = 0; movie < _movies; movie++)
        {
            Execute(connection, $"INSERT INTO movies VALUES ('{IdOf(movie)}', NULL)", transaction);
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private List<(string First, string Second)> Read(string sql, int columns = 2)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf("movies.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader row = command.ExecuteReader();
        var rows = new List<(string, string)>();
        while (row.Read())
        {
            rows.Add((row.GetString(0), columns > 1 && !row.IsDBNull(1) ? row.GetString(1) : ""));
        }

        return rows;
    }
}
