using System.Globalization;
using System.Text.Json;
using Etl.Host;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.IntegrationTests.Commands;

/// <summary>A folder with a catalogue, and commands that work on it.</summary>
internal sealed class CatalogueFolder : IDisposable
{
    public const string Columns = "id TEXT, title TEXT, palette_json TEXT";
    public const string APalette = "[[1, 2, 3], [4, 5, 6]]";

    private readonly string _path = Directory.CreateTempSubdirectory("etl-commands-").FullName;

    public string Database => PathOf("movies.db");

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public IEnumerable<string> ErrorLines => Lines(Errors);

    public IEnumerable<string> OutputLines => Lines(Output);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string PathOf(string name) => Path.Combine(_path, name);

    public CatalogueFolder WithTable(string columns = Columns, string suffix = "") =>
        With($"CREATE TABLE movies ({columns}) {suffix}");

    /// <summary>Adds a movie whose id keeps the type it is given with.</summary>
    public CatalogueFolder WithMovie(object? id, string? palette) =>
        With("INSERT INTO movies (id, palette_json) VALUES ($0, $1)", id, palette);

    public CatalogueFolder WithDeadLetters()
    {
        using SqliteConnection connection = Open();
        DeadLetterTable.Create(connection);
        return this;
    }

    public CatalogueFolder WithDeadLetter(object? id, string reason, string message = "It failed.") => With(
        """
        INSERT INTO etl_dead_letters (movie_id, stage, reason, message, attempts, first_at, last_at)
        VALUES ($0, 'fetch', $1, $2, 2, '2026-01-31T12:00:00.1234567Z', '2026-02-01T12:00:00.1234567Z')
        """,
        id,
        reason,
        message);

    public CatalogueFolder With(string sql, params object?[] values)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = Command(connection, sql, values);
        command.ExecuteNonQuery();
        return this;
    }

    /// <summary>The first column of a query, as text.</summary>
    public string[] Query(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = Command(connection, sql);
        using SqliteDataReader row = command.ExecuteReader();
        var values = new List<string>();
        while (row.Read())
        {
            values.Add(Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return [.. values];
    }

    /// <summary>Ids whose palette is empty, in their order.</summary>
    public string[] Emptied() => Query("SELECT id FROM movies WHERE palette_json = '' ORDER BY id");

    /// <summary>Runs a command on the catalogue, in this process.</summary>
    public Task<int> RunAsync(params string[] args) => RunBareAsync([.. args, "--set", $"Etl:Query:Database={Database}"]);

    /// <summary>Runs a command line as it is.</summary>
    public async Task<int> RunBareAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = await Program.RunAsync(args, output, errors);
        (Output, Errors) = (output.ToString(), errors.ToString());
        return code;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private static string[] Lines(string text) => text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static SqliteCommand Command(SqliteConnection connection, string sql, params object?[] values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i}"), values[i] ?? DBNull.Value);
        }

        return command;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        return connection;
    }
}
