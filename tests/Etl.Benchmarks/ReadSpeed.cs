using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Benchmarks;

/// <summary><c>read</c>: how long reading the movies of a million rows takes, plain, filtered, and in the order of a column.</summary>
internal static class ReadSpeed
{
    private const int Rounds = 3;

    private static readonly (string Name, KeyValuePair<string, string?>[] Options)[] Ways =
    [
        ("plain", []),
        ("where year >= 1990", [new("Etl:Query:Where", "year >= 1990")]),
        ("order by year desc", [new("Etl:Query:OrderBy", "year desc")]),
        ("order by title", [new("Etl:Query:OrderBy", "title")]),
        ("both", [new("Etl:Query:Where", "year >= 1990"), new("Etl:Query:OrderBy", "year desc")]),
    ];

    public static void Run(string[] arguments)
    {
        int movies = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        foreach (int otherBytes in new[] { 0, 2_000 })
        {
            using var catalogues = new Catalogues();
            catalogues.Create(movies, otherBytes);
            using (SqliteConnection connection = catalogues.Open())
            using (SqliteCommand command = connection.CreateCommand())
            {
                // As in a catalogue that grew over time: neither in the order of the rows nor quite without it.
                command.CommandText = "ALTER TABLE movies ADD COLUMN year INTEGER; UPDATE movies SET year = 1900 + rowid * 2654435761 % 120 WHERE rowid % 50 <> 0";
                command.ExecuteNonQuery();
            }

            foreach ((string name, KeyValuePair<string, string?>[] options) in Ways)
            {
                for (int round = 0; round < Rounds; round++)
                {
                    Measure(catalogues, $"{otherBytes,5} B of other columns, {name,-18}", options);
                }
            }
        }
    }

    private static void Measure(Catalogues catalogues, string name, KeyValuePair<string, string?>[] options)
    {
        using ServiceProvider services = catalogues.Services(options);
        IMovieSource source = services.GetRequiredService<IMovieSource>();
        long started = Stopwatch.GetTimestamp();
        TimeSpan first = default;
        int read = 0;
        foreach (Movie _ in source.ReadMissing(CancellationToken.None))
        {
            first = read++ == 0 ? Stopwatch.GetElapsedTime(started) : first;
        }

        Console.WriteLine(
            $"{name}: {read,9:#,0} movies in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s, the first after {first.TotalSeconds:0.000} s, "
            + $"peak of {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
    }
}
