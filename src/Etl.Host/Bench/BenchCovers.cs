using Etl.Host.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Files;
using Serilog.Events;

namespace Etl.Host.Bench;

/// <summary>Copies the covers to measure on: those of a folder, or of a catalogue.</summary>
internal static class BenchCovers
{
    private static readonly CoverFileReader Files = new(new FetchOptions().MaxCoverBytes, TimeProvider.System);

    /// <summary>Copies the first files of a folder, in the order of their names.</summary>
    /// <exception cref="UserException">There is no such folder.</exception>
    public static async Task CopyFolderAsync(string source, int count, BenchFolder folder, CancellationToken stopping)
    {
        if (!Directory.Exists(source))
        {
            throw new UserException(ExitCodes.Refused, $"The folder '{source}' does not exist. Give a folder of covers.");
        }

        foreach (string path in Directory.EnumerateFiles(source).Order(StringComparer.Ordinal).Take(count))
        {
            stopping.ThrowIfCancellationRequested();
            using Cover? cover = await TryReadAsync(new FileInfo(path), stopping);
            if (cover is not null)
            {
                folder.Add(cover.Data.GetSpan());
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
        foreach (Movie movie in FirstMovies.Take(new SqliteCatalogue(options.Catalogue), count))
        {
            using var reservation = new Reservation(budget);
            try
            {
                using Cover? cover = (await covers.FetchAsync(movie, reservation, stopping)).Cover;
                folder.Add(cover!.Data.GetSpan());
            }
            catch (CoverException)
            {
                folder.LeaveOut();
            }
        }
    }

    /// <summary>The cover in a file, or in the one that a link leads to; null of what can be no cover. To open a pipe, which has no
    /// length, would wait for who writes to it.</summary>
    private static async Task<Cover?> TryReadAsync(FileInfo file, CancellationToken stopping)
    {
        try
        {
            FileSystemInfo? target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true);
            if (target is not FileInfo { Exists: true, Length: > 0 } found)
            {
                return null;
            }

            using SafeFileHandle opened = File.OpenHandle(found.FullName);
            return (await Files.ReadAsync(opened, found.FullName, known: null, reservation: null, stopping)).Cover;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CoverException)
        {
            return null;
        }
    }
}
