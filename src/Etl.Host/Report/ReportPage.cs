using System.Text.Json;
using Etl.Host.Json;

namespace Etl.Host.Report;

/// <summary>A report as one HTML file that needs no other.</summary>
internal static class ReportPage
{
    /// <summary>The page, in which a script finds the data as JSON. Its encoder leaves no character that ends a script, and
    /// the script makes texts of it, never markup.</summary>
    public static string Render(CatalogueReport report) => Resource("report.html")
        .Replace("/* style */", Resource("report.css"), StringComparison.Ordinal)
        .Replace("/* script */", Resource("report.js"), StringComparison.Ordinal)
        .Replace("/* data */", JsonSerializer.Serialize(report, EtlJson.Web.CatalogueReport), StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
