using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Support;

/// <summary>A real database in a folder of its own.</summary>
internal sealed class TestCatalogue : IDisposable
{
    public const string Movies = "CREATE TABLE movies (id TEXT, title TEXT, palette_json TEXT)";

    private readonly TempFolder _folder = new();

    public TestCatalogue(string sql = Movies)
    {
        Options = new EtlOptions { Query = { Database = _folder["movies.db"] } };
        Execute(sql);
    }

    public EtlOptions Options { get; }

    public SqliteCatalogue Catalogue => new(Options.Catalogue);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public TempFolder Folder => _folder;

    public void Execute(string sql)
    {
        using SqliteConnection connection = Connect();
        Execute(connection, sql);
    }

    /// <summary>Creates the table of dead letters, with those of movies whose ids are given as SQL writes them.</summary>
    public TestCatalogue WithDeadLetters(params IReadOnlyCollection<string> ids)
    {
        using SqliteConnection connection = Connect();
        DeadLetterTable.Create(connection);
        Execute(connection, $"""
            INSERT INTO etl_dead_letters (movie_id, stage, reason, message, attempts, first_at, last_at)
            SELECT column1, 'decode', 'corrupt', 'It is damaged.', 1, 'first', 'last' FROM (VALUES ({string.Join("), (", ids)}))
            """);
        return this;
    }

    /// <summary>The rows of a query, NULL as null.</summary>
    public IReadOnlyList<object?[]> Query(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            object?[] row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    public object? Scalar(string sql) => Query(sql)[0][0];

    public TestMeterFactory Meters { get; } = new();

    private EtlMetrics Metrics => field ??= new EtlMetrics(Meters);

    public SqliteMovieSource Source() => new(Options.Catalogue, Options.Query.Refresh, Clock, Metrics);

    public IReadOnlyList<Movie> Missing() => [.. Source().ReadMissing(CancellationToken.None)];

    public SqlitePaletteSink Sink() => new(Options.Catalogue, Clock, Metrics);

    /// <summary>Writes one batch with a sink of its own.</summary>
    public BatchResult Write(params Item<Palette>[] batch)
    {
        SqlitePaletteSink sink = Sink();
        try
        {
            sink.Open();
            return sink.Write(batch, new Outcome[batch.Length]);
        }
        finally
        {
            sink.Close();
        }
    }

    /// <summary>A connection, as another program has one.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Options.Query.Database,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        Meters.Dispose();
        _folder.Dispose();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
