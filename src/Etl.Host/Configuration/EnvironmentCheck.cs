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
        yield return NativeLibraryCheck.Vips();
        yield return DamageCheck.Of(options);
        if (hasWorkers)
        {
            yield return await BrokerAsync(cluster);
        }

        yield return Folders(options.Fetch) with { IsOptional = hasWorkers };
        Finding database = Database(options);
        yield return database;
        if (database.IsFine)
        {
            Finding table = Table(options);
            yield return table;
            if (table.IsFine)
            {
                Finding covers = await ActivatorUtilities.CreateInstance<CoverCheck>(services).RunAsync();
                yield return covers with { IsOptional = hasWorkers };
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

    private static Finding Database(EtlOptions options) =>
        Try("database", () =>
        {
            CatalogueCheck.Write(new SqliteCatalogue(options.Catalogue));
            return $"{options.Query.Database} can be read and written";
        });

    private static Finding Table(EtlOptions options) =>
        Try("table", () =>
        {
            var catalogue = new SqliteCatalogue(options.Catalogue);
            CatalogueCheck.Table(catalogue);
            WriteRehearsal.Run(catalogue);
            string population = options.Quantize.PopulationColumn is { } column ? $" and {column}" : "";
            return $"{options.Query.Table} has the columns {options.Query.IdColumn} and {options.Query.PaletteColumn}{population}";
        });

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
