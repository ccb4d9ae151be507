using Etl.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Covers;

namespace Etl.Host.Configuration;

/// <summary>Checks what the options point at: the database, its table, covers and native libraries.</summary>
internal static class EnvironmentCheck
{
    /// <summary>The findings one by one; what depends on something broken is left out.</summary>
    /// <param name="services">The services of a pipeline.</param>
    /// <param name="cluster">The broker, if there is one; then covers are the workers' concern.</param>
    public static async IAsyncEnumerable<Finding> RunAsync(IServiceProvider services, ClusterOptions cluster)
    {
        bool hasWorkers = cluster.Broker is not null;
        EtlOptions options = services.GetRequiredService<IOptions<EtlOptions>>().Value;

        yield return NativeLibraryCheck.SkiaSharp();
        yield return NativeLibraryCheck.Jpeg(options.Decode.TurboJpeg);
        yield return NativeLibraryCheck.Avif(options.Decode.Dav1d);
        yield return NativeLibraryCheck.Vips(options.Decode.Dav1d);
        yield return DamageCheck.Of(options);
        if (hasWorkers)
        {
            yield return await BrokerAsync(cluster);
        }

        yield return Folders(options.Fetch) with { IsOptional = hasWorkers };
        var catalogue = new SqliteCatalogue(options.Catalogue);
        Finding database = Database(catalogue, options);
        yield return database;
        if (database.IsFine)
        {
            yield return Names(catalogue);
            Finding table = Table(catalogue, options);
            yield return table;
            if (table.IsFine)
            {
                (Finding writes, IReadOnlyList<Movie> missing) = Writes(catalogue);
                yield return writes;
                foreach (Finding palettes in Palettes(catalogue))
                {
                    yield return palettes;
                }

                foreach (Finding covers in await ActivatorUtilities.CreateInstance<CoverCheck>(services).RunAsync(missing))
                {
                    yield return covers with { IsOptional = hasWorkers || covers.IsOptional };
                }
            }
        }
    }

    private static async Task<Finding> BrokerAsync(ClusterOptions cluster)
    {
        string? problem = await BrokerAccess.ProblemAsync(cluster, CancellationToken.None);
        return new("broker", problem is null, problem ?? $"{BrokerAccess.Shown(cluster)} accepts connections");
    }

    private static Finding Folders(FetchOptions options)
    {
        LocationTemplate[] templates = [.. options.Locations.Select(location => new LocationTemplate(location))];
        string[] folders = [.. templates.Where(template => !template.IsUrl).Select(template => template.Folder)];
        return folders.Length < templates.Length || folders.Any(Directory.Exists)
            ? new("folders", IsFine: true, "Etl:Fetch:Locations has a URL or an existing folder")
            : new("folders", IsFine: false, $"No folder of covers exists: {string.Join(", ", folders)}. Set Etl:Fetch:Locations.");
    }

    private static Finding Database(SqliteCatalogue catalogue, EtlOptions options) =>
        Try("database", () =>
        {
            CatalogueCheck.Write(catalogue);
            return $"{options.Query.Database} can be read and written";
        });

    private static Finding Names(SqliteCatalogue catalogue) =>
        Try("names", () =>
        {
            CatalogueCheck.Names(catalogue);
            return $"no other program uses {string.Join(", ", OwnTables.Names)}";
        });

    private static Finding Table(SqliteCatalogue catalogue, EtlOptions options) =>
        Try("table", () =>
        {
            CatalogueCheck.Table(catalogue);
            string others = string.Concat(options.CoverColumns.Select(static column => $" and {column.Name}"));
            string cover = options.Query.CoverColumn is { } location ? $" and {location}" : "";
            return $"{options.Query.Table} has the columns {options.Query.IdColumn} and {options.Query.PaletteColumn}{others}{cover}";
        });

    private static (Finding Writes, IReadOnlyList<Movie> Missing) Writes(SqliteCatalogue catalogue)
    {
        IReadOnlyList<Movie> missing = [];
        string? problem = null;
        Finding writes = Try("writes", () =>
        {
            (missing, problem) = WriteRehearsal.Run(catalogue);
            return missing.Count == 0 ? "no palette is missing, so none was tried" : $"{missing.Count} palettes were written and rolled back";
        });
        return (problem is null ? writes : writes with { IsFine = false, Text = problem }, missing);
    }

    private static IEnumerable<Finding> Palettes(SqliteCatalogue catalogue)
    {
        (long readable, long unreadable) = (0, 0);
        yield return Try("palettes", () =>
        {
            (readable, unreadable) = CatalogueCheck.CountPalettes(catalogue);
            CatalogueCheck.Values(catalogue);
            return unreadable == 0 ? $"{readable} can be read" : $"{readable} can be read, {unreadable} cannot";
        });
        if (unreadable > 0 && unreadable <= readable) // else the column holds other data, which must not be emptied
        {
            yield return new("palettes", IsFine: false, $"{unreadable} {(unreadable == 1 ? "palette is" : "palettes are")} unreadable. Empty them with: etl reset --unreadable")
            {
                IsOptional = true,
            };
        }
    }

    private static Finding Try(string subject, Func<string> check)
    {
        try
        {
            return new(subject, IsFine: true, check());
        }
        catch (CatalogueException error)
        {
            return new(subject, IsFine: false, error.Message);
        }
    }
}
