using Etl.Fetch;
using Etl.Host.Configuration;
using Etl.Pipeline;
using Etl.Query;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serilog.Events;

namespace Etl.Host.Bench;

/// <summary>Copies the covers to measure on: those of a folder, or of a catalogue.</summary>
internal static class BenchCovers
{
    private static readonly long MaxBytes = new FetchOptions().MaxCoverBytes;

    /// <summary>Copies the first files of a folder, in the order of their names.</summary>
    /// <exception cref="UserException">There is no such folder.</exception>
    public static void CopyFolder(string source, int count, BenchFolder folder, CancellationToken stopping)
    {
        if (!Directory.Exists(source))
        {
            throw new UserException(ExitCodes.Refused, $"The folder '{source}' does not exist. Give a folder of covers.");
        }

        foreach (string path in Directory.EnumerateFiles(source).Order(StringComparer.Ordinal).Take(count))
        {
            stopping.ThrowIfCancellationRequested();
            if (TryRead(new FileInfo(path)) is { } cover)
            {
                folder.Add(cover);
            }
            else
            {
                folder.LeaveOut();
            }
        }
    }

    /// <summary>Copies the covers of the first movies of a catalogue, which is only read.</summary>
    public static async Task CopyCatalogueAsync(
        EtlConfiguration configuration, int count, BenchFolder folder, CancellationToken stopping)
    {
        using ServiceProvider services = EtlServices.Build(configuration, new ConsoleLog(Terminal.On(TextWriter.Null)), LogEventLevel.Fatal);
        EtlOptions options = services.GetRequiredService<IOptions<EtlOptions>>().Value;
        var budget = new MemoryBudget(options.Fetch.MemoryBudgetBytes);
        ICoverSource covers = services.GetRequiredService<ICoverSource>();
        foreach (MovieId id in FirstMovies(options, count))
        {
            using var reservation = new Reservation(budget);
            try
            {
                using Cover cover = await covers.FetchAsync(new Movie(default, id), reservation, stopping);
                folder.Add(cover.Data.GetSpan().ToArray());
            }
            catch (CoverException)
            {
                folder.LeaveOut();
            }
        }
    }

    /// <summary>The bytes of a file, or of that a link leads to; null of what can be no cover. To open a pipe, which has no length,
    /// would wait for who writes to it.</summary>
    private static byte[]? TryRead(FileInfo file)
    {
        try
        {
            FileSystemInfo? target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true);
            return target is FileInfo { Exists: true, Length: > 0 } found && found.Length <= MaxBytes ? File.ReadAllBytes(found.FullName) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static MovieId[] FirstMovies(EtlOptions options, int count) =>
        Catalogue.Use(options, SqliteOpenMode.ReadOnly, catalogue =>
        {
            IEnumerable<MovieId> movies = catalogue.Pages
                .Read<MovieId>(catalogue.Table.Id, join: "", static (row, _, page) => page.Add(MovieId.Read(row, 0)))
                .SelectMany(static page => page);
            return movies.Take(count).ToArray();
        });
}
