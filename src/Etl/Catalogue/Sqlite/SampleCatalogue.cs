using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Databases that this program makes itself: the demo's, with the tutorial's table and a note of how many movies it put there,
/// and the one that measurements are made on.</summary>
/// <remarks>All errors are a <see cref="CatalogueException"/>.</remarks>
internal static class SampleCatalogue
{
    private const string DemoSchema =
        """
        CREATE TABLE movies (id TEXT PRIMARY KEY, title TEXT NOT NULL, year INTEGER, palette_json TEXT, plot_vector_json TEXT);
        CREATE TABLE etl_demo (movies INTEGER NOT NULL);
        """;

    /// <summary>Creates the demo's database.</summary>
    public static void Create(string path, IEnumerable<SampleMovie> movies) => CatalogueDatabase.Explaining(path, () =>
    {
        using SqliteConnection connection = New(path);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand schema = Command(connection, transaction, DemoSchema);
        schema.ExecuteNonQuery();

        int count = Insert(connection, transaction, movies);
        using SqliteCommand note = Command(connection, transaction, "INSERT INTO etl_demo VALUES ($movies)");
        note.Parameters.AddWithValue("$movies", count);
        note.ExecuteNonQuery();
        transaction.Commit();
        return count;
    });

    /// <summary>Creates a database of movies without palettes, whose ids are the numbers of the covers from 0, over and over.</summary>
    public static void CreateNumbered(string path, int movies, int covers) => CatalogueDatabase.Explaining(path, () =>
    {
        using SqliteConnection connection = New(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            CREATE TABLE movies (id INTEGER, palette_json TEXT);
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $movies)
            INSERT INTO movies SELECT n % $covers, NULL FROM numbers;
            """;
        command.Parameters.AddWithValue("$movies", movies);
        command.Parameters.AddWithValue("$covers", covers);
        return command.ExecuteNonQuery();
    });

    /// <summary>How many movies the demo put in a database; null when the demo did not make it.</summary>
    public static int? MoviesIn(string path)
    {
        try
        {
            return Read(path, static connection =>
            {
                using SqliteCommand note = connection.CreateCommand();
                note.CommandText = "SELECT count(*) FROM sqlite_schema";
                if (note.ExecuteScalar() is 0L)
                {
                    return 0; // a demo that was killed while it filled the database
                }

                note.CommandText = "SELECT movies FROM etl_demo";
                return note.ExecuteScalar() is long movies ? (int?)movies : null;
            });
        }
        catch (CatalogueException error)
            when (error.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR or raw.SQLITE_NOTADB })
        {
            return null; // no such table, or no database
        }
    }

    /// <summary>The first movies of the demo that have a palette.</summary>
    public static IReadOnlyList<(string Id, string Title, string Palette)> WithPalettes(string path, int count) => Read(path, connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT id, title, palette_json FROM movies WHERE palette_json <> '' ORDER BY rowid LIMIT {count}";
        using SqliteDataReader row = command.ExecuteReader();
        var movies = new List<(string, string, string)>();
        while (row.Read())
        {
            movies.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        }

        return movies;
    });

    private static T Read<T>(string path, Func<SqliteConnection, T> read) => CatalogueDatabase.Explaining(path, () =>
    {
        var options = new CatalogueOptions(new QueryOptions { Database = path }, new WriteOptions(), Columns: [], Settings: "");
        using SqliteConnection connection = CatalogueDatabase.Open(options, SqliteOpenMode.ReadOnly);
        return read(connection);
    });

    private static int Insert(SqliteConnection connection, SqliteTransaction transaction, IEnumerable<SampleMovie> movies)
    {
        using SqliteCommand insert = Command(
            connection, transaction, "INSERT INTO movies VALUES ($id, $title, $year, $palette, $plot)");
        string[] names = ["$id", "$title", "$year", "$palette", "$plot"];
        SqliteParameter[] parameters = [.. names.Select(name => insert.Parameters.AddWithValue(name, DBNull.Value))];
        int count = 0;
        foreach (SampleMovie movie in movies)
        {
            object?[] values = [movie.Id, movie.Title, movie.Year, movie.Palette, movie.PlotVector];
            for (int i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
            count++;
        }

        return count;
    }

    private static SqliteConnection New(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
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
