using System.Globalization;
using Etl.Demo;
using Microsoft.Data.Sqlite;

namespace Etl.DemoSite;

/// <summary>Adds movies to the catalogue every second and removes the oldest.</summary>
internal sealed class NewMovies(string database) : BackgroundService
{
    private const int AtStart = 100;
    private const int MaxPerSecond = 15;
    private const int Kept = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database }.ToString());
        connection.Open();
        int next = Next(connection);
        int count = AtStart;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            Add(connection, next, count);
            next += count;
            count = Random.Shared.Next(1, MaxPerSecond + 1);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The first number that no movie has: the site may have been started before.</summary>
    private static int Next(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(CAST(id AS INTEGER)) + 1, 0) FROM movies";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Add(SqliteConnection connection, int first, int count)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "INSERT INTO movies (id, title, year) VALUES ($id, $title, $year); DELETE FROM movies WHERE id = $oldest";
        foreach (DemoMovie movie in Enumerable.Range(first, count).Select(DemoMovie.At))
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$id", Id(movie.Index));
            command.Parameters.AddWithValue("$title", movie.Title);
            command.Parameters.AddWithValue("$year", movie.Year);
            command.Parameters.AddWithValue("$oldest", Id(movie.Index - Kept));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string Id(int index) => index.ToString("D7", CultureInfo.InvariantCulture);
}
