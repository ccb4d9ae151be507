using Etl.Cluster;
using PaletteEtl.Covers;

namespace Etl.Host.Configuration;

/// <summary>Checks that the column of covers' locations and <c>{cover}</c> in <c>Etl:Fetch:Locations</c> come together. With a broker each
/// is on a machine of its own: the coordinator has the column, and workers have the locations.</summary>
internal static class CoverColumnCheck
{
    /// <summary>The problem, in a line; none if there is none.</summary>
    public static IEnumerable<string> Problems(EtlOptions options, ClusterOptions cluster)
    {
        string? location = options.Fetch.Locations.FirstOrDefault(static location =>
            LocationProblem.Of(location) is null && new LocationTemplate(location).NamesCover);
        if (cluster.Broker is null && location is not null && options.Query.CoverColumn is null)
        {
            yield return "Etl:Query:CoverColumn must name a column, because Etl:Fetch:Locations has {cover}; "
                + $"found '{LocationTemplate.Shown(location)}'";
        }
        else if (cluster.Broker is null && location is null && options.Query.CoverColumn is { } column)
        {
            yield return "Etl:Fetch:Locations must have {cover}, such as covers/{cover}, because Etl:Query:CoverColumn is set; "
                + $"found {column}";
        }
    }
}
