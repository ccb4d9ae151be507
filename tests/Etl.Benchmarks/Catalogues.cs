using Etl.Host.Commands;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.Benchmarks;

/// <summary>Catalogues for measuring, in a folder of their own that is removed in the end.</summary>
internal sealed class Catalogues : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("etl-benchmark-").FullName;

    public string Database => Path.Combine(Folder, "movies.db");

    /// <summary>Makes a catalogue of movies without palettes.</summary>
    /// <param name="movies">Rows.</param>
    /// <param name="otherBytes">Bytes of other columns in each row.</param>
    public void Create(int movies, int otherBytes)
    {
        File.Delete(Database);
        using SqliteConnection connection = Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"""
            CREATE TABLE movies (id TEXT, title TEXT, palette_json TEXT, plot_vector_json TEXT);
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {movies})
            INSERT INTO movies SELECT printf('%07d', n), 'Movie ' || n, NULL, hex(randomblob({otherBytes / 2})) FROM numbers;
            """;
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>The services of a pipeline over the catalogue.</summary>
    public ServiceProvider Services(params KeyValuePair<string, string?>[] options) => new ServiceCollection()
        .AddEtl(new ConfigurationBuilder().AddInMemoryCollection([new("Etl:Query:Database", Database), .. options]).Build())
        .BuildServiceProvider();

    /// <summary>The covers of a folder that have a palette; of 200 drawn ones when no folder is named.</summary>
    public string[] Covers(string? folder)
    {
        if (folder is null)
        {
            DemoFolder.Create(Folder, movies: 200);
            folder = Path.Combine(Folder, "covers");
        }

        var extractor = new PaletteExtractor();
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(path => Decodes(extractor, path))];
    }

    /// <summary>Empties all palettes.</summary>
    public void Reset()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE movies SET palette_json = NULL";
        command.ExecuteNonQuery();
    }

    /// <summary>A connection as any other program has it.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static bool Decodes(PaletteExtractor extractor, string path)
    {
        try
        {
            extractor.ExtractFile(path);
            return true;
        }
        catch (CoverException)
        {
            return false;
        }
    }
}
