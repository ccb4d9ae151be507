using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Etl.Host.Demo;

/// <summary>The demo's database: the tutorial's table, and a note of how many movies the demo put there.</summary>
internal static class DemoDatabase
{
    private const string Schema =
        """
        CREATE TABLE movies (id TEXT PRIMARY KEY, title TEXT NOT NULL, year INTEGER, palette_json TEXT, plot_vector_json TEXT);
        CREATE TABLE etl_demo (movies INTEGER NOT NULL);
        """;

    /// <summary>Creates the database with movies whose palette is missing.</summary>
    public static void Create(string path, IEnumerable<DemoMovie> movies)
    {
        using SqliteConnection connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand schema = Command(connection, transaction, Schema);
        schema.ExecuteNonQuery();

        int count = Insert(connection, transaction, movies);
        using SqliteCommand note = Command(connection, transaction, "INSERT INTO etl_demo VALUES ($movies)");
        note.Parameters.AddWithValue("$movies", count);
        note.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>How many movies the demo put in this database; null when the demo did not make it.</summary>
    public static int? MoviesIn(string path)
    {
        try
        {
            using SqliteConnection connection = Open(path, SqliteOpenMode.ReadWrite);
            using SqliteCommand note = connection.CreateCommand();
            note.CommandText = "SELECT count(*) FROM sqlite_schema";
            if (note.ExecuteScalar() is 0L)
            {
                return 0; // a demo that was killed while it filled the database
            }

            note.CommandText = "SELECT movies FROM etl_demo";
            return note.ExecuteScalar() is long movies ? (int)movies : null;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_NOTADB)
        {
            return null; // no such table, or no database
        }
    }

    private static int Insert(SqliteConnection connection, SqliteTransaction transaction, IEnumerable<DemoMovie> movies)
    {
        using SqliteCommand insert = Command(
            connection, transaction, "INSERT INTO movies VALUES ($id, $title, $year, $palette, $plot)");
        string[] names = ["$id", "$title", "$year", "$palette", "$plot"];
        SqliteParameter[] parameters = [.. names.Select(name => insert.Parameters.AddWithValue(name, DBNull.Value))];
        int count = 0;
        foreach (DemoMovie movie in movies)
        {
            // A palette is missing both ways: as NULL, and as the empty text the tutorial looks for.
            object[] values = [movie.Id, movie.Title, movie.Year, movie.Index % 3 == 0 ? DBNull.Value : "", PlotVector(movie)];
            for (int i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i];
            }

            insert.ExecuteNonQuery();
            count++;
        }

        return count;
    }

    private static string PlotVector(DemoMovie movie)
    {
        const int Dimensions = 16;
        var random = new Random(movie.Seed);
        IEnumerable<string> numbers = Enumerable.Range(0, Dimensions)
            .Select(_ => ((random.NextDouble() * 2) - 1).ToString("F4", CultureInfo.InvariantCulture));
        return $"[{string.Join(", ", numbers)}]";
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command;
    }
}
