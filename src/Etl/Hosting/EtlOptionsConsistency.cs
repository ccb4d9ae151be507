using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Http;
using PaletteEtl.Palettes;

namespace PaletteEtl.Hosting;

/// <summary>Rules over several options.</summary>
internal sealed class EtlOptionsConsistency : IValidateOptions<EtlOptions>
{
    public ValidateOptionsResult Validate(string? name, EtlOptions options)
    {
        var problems = new ValidateOptionsResultBuilder();
        RequireRoom(problems, "Etl:Fetch", options.Fetch);
        RequireRoom(problems, "Etl:Decode", options.Decode);
        RequireRoom(problems, "Etl:Quantize", options.Quantize);
        if (options.Fetch.MaxCoverBytes > options.Fetch.MemoryBudgetBytes)
        {
            problems.AddError(
                "Etl:Fetch:MaxCoverBytes must be at most Etl:Fetch:MemoryBudgetBytes, "
                + $"which is {options.Fetch.MemoryBudgetBytes}, because one cover must fit into the budget; "
                + $"found {options.Fetch.MaxCoverBytes}");
        }

        for (int i = 0; i < options.Fetch.Locations.Count; i++)
        {
            if (LocationProblem.Of(options.Fetch.Locations[i]) is { } problem)
            {
                problems.AddError($"Etl:Fetch:Locations:{i} is not a location: {problem}");
            }
        }

        RequireDistinctColumns(problems, options);
        if (options.Query is { Adopt: true, Refresh: RefreshKind.None })
        {
            problems.AddError("Etl:Query:Adopt (--adopt) has no effect without Etl:Query:Refresh (--stale); set that to Settings, Covers or All");
        }

        if (RowOrder.Problem(options.Query.OrderBy) is { } disordered)
        {
            problems.AddError($"Etl:Query:OrderBy is not an order: {disordered}");
        }

        if (RowFilter.Problem(options.Query.Where) is { } unreadable)
        {
            problems.AddError($"Etl:Query:Where is not a filter, such as year >= 1990 and kind in ('movie', 'tv'): {unreadable}");
        }

        if (options.Service is { } service && service.MaxRetryDelay < service.RetryDelay)
        {
            problems.AddError(
                $"Etl:Service:MaxRetryDelay must be at least Etl:Service:RetryDelay, which is {service.RetryDelay}; found {service.MaxRetryDelay}");
        }

        RequireHttp(problems, options.Fetch);
        RequireSuitableAlgorithm(problems, options);
        RequireLibraries(problems, options.Decode);
        return problems.Build();
    }

    private static void RequireLibraries(ValidateOptionsResultBuilder problems, DecodeOptions decode)
    {
        if (decode.TurboJpeg == LibraryUse.Require && !LibTurboJpeg.IsPresent)
        {
            problems.AddError($"Etl:Decode:TurboJpeg is Require, but libturbojpeg cannot be loaded. {LibTurboJpeg.Remedy}");
        }

        if (decode.Dav1d == LibraryUse.Require && !LibDav1d.IsPresent)
        {
            problems.AddError($"Etl:Decode:Dav1d is Require, but libdav1d cannot be loaded. {LibDav1d.Remedy}");
        }
    }

    private static void RequireDistinctColumns(ValidateOptionsResultBuilder problems, EtlOptions options)
    {
        QueryOptions query = options.Query;
        if (SqliteName.IsSame(query.PaletteColumn, query.IdColumn))
        {
            problems.AddError(
                "Etl:Query:PaletteColumn must be another column than Etl:Query:IdColumn, because palettes would replace the ids; "
                + $"found {query.PaletteColumn}");
        }

        if (query.CoverColumn is { } cover && SqliteName.IsSame(query.PaletteColumn, cover))
        {
            problems.AddError(
                "Etl:Query:PaletteColumn must be another column than Etl:Query:CoverColumn, because palettes would replace the locations; "
                + $"found {query.PaletteColumn}");
        }

        RequireDistinctColumns(problems, query, options.CoverColumns);
        if (options is { Columns.Population: { } shares, Quantize.PopulationColumn: { } population } && !SqliteName.IsSame(shares, population))
        {
            problems.AddError(
                $"Etl:Quantize:PopulationColumn is an earlier name of Etl:Columns:Population, which is {shares}; found {population}");
        }
    }

    private static void RequireDistinctColumns(
        ValidateOptionsResultBuilder problems, QueryOptions query, IReadOnlyList<CoverColumn> columns)
    {
        (string Column, string Option)[] used =
        [
            (query.IdColumn, "Etl:Query:IdColumn"),
            (query.PaletteColumn, "Etl:Query:PaletteColumn"),
            (query.CoverColumn ?? "", "Etl:Query:CoverColumn"),
            .. columns.Select(static column => (column.Name, column.Option)),
        ];
        foreach (CoverColumn column in columns)
        {
            (string Column, string Option) first = Array.Find(used, other => SqliteName.IsSame(other.Column, column.Name));
            if (first.Option != column.Option)
            {
                problems.AddError(
                    $"{column.Option} must be another column than {first.Option}, because {column.Values.Kind} would replace its values; "
                    + $"found {column.Name}");
            }
        }
    }

    private static void RequireSuitableAlgorithm(ValidateOptionsResultBuilder problems, EtlOptions options)
    {
        QuantizeAlgorithm algorithm = options.Quantize.Algorithm;
        if (!Enum.IsDefined(algorithm))
        {
            return; // which is a problem of its own
        }

        IQuantizer quantizer = Quantizers.Of(options.Quantize);
        if (options.Decode.Scale == DecodeScale.Auto && !quantizer.Needs.MayBeScaled)
        {
            problems.AddError(
                $"Etl:Decode:Scale must be Full for Etl:Quantize:Algorithm {algorithm}, which is defined for full size only; found Auto");
        }
    }

    private static void RequireHttp(ValidateOptionsResultBuilder problems, FetchOptions fetch)
    {
        if (fetch.AttemptTimeout > fetch.Timeout)
        {
            problems.AddError(
                $"Etl:Fetch:AttemptTimeout must be at most Etl:Fetch:Timeout, which is {fetch.Timeout}, "
                + $"because that is the limit of all attempts together; found {fetch.AttemptTimeout}");
        }

        foreach ((string header, string value) in fetch.Headers ?? new Dictionary<string, string>())
        {
            if (RequestHeader.Problem(header, value) is { } problem)
            {
                problems.AddError($"Etl:Fetch:Headers:{header} {problem}");
            }
        }
    }

    private static void RequireRoom(ValidateOptionsResultBuilder problems, string stage, StageOptions options)
    {
        if (options.BoundedCapacity < options.DegreeOfParallelism)
        {
            problems.AddError(
                $"{stage}:BoundedCapacity must be at least {stage}:DegreeOfParallelism, which is {options.DegreeOfParallelism}, "
                + $"because a stage holds the items it works on; found {options.BoundedCapacity}");
        }
    }
}
