using System.CommandLine;
using Etl.Host.Configuration;
using Etl.Host.Outputs;
using Etl.Host.Report;
using Etl.Host.Thumbnails;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace Etl.Host.Commands;

/// <summary><c>etl report</c>: the catalogue as a page to look at.</summary>
internal sealed class ReportCommand : ConfiguredCommand
{
    private const int DefaultCount = 200;

    private readonly Option<FileInfo?> _out = CommandOption.File(
        "--out", "File to write; an existing file is replaced. Default: palettes.html.", "FILE");

    private readonly Option<long?> _count = CommandOption.Number(
        "--count", $"Maximum number of covers, taken at even distances; about 10 KB each. Default: {DefaultCount}.", min: 0, max: 10_000);

    public ReportCommand()
        : base(
            "report",
            """
            Writes an HTML page with covers, palettes and failures.

            The page is one file and needs neither a server nor a network. Does not change
            the catalogue or the covers.

            Example: etl report --out palettes.html --count 500
            """) => Takes(_out, _count);

    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        FileInfo file = parsed.GetValue(_out) ?? new FileInfo("palettes.html");
        EtlConfiguration configuration = Load(parsed);
        OutputFile page = FilesInUse.Of(configuration).Claim("--out", file);
        CatalogueReport report = await ReadAsync(
            configuration, (int?)parsed.GetValue(_count) ?? DefaultCount, parsed.InvocationConfiguration.Error);
        page.Write(ReportPage.Render(report));
        parsed.InvocationConfiguration.Output.WriteLine(Printable.Line(Summary(file, report)));
        return ExitCodes.Done;
    }

    private static async Task<CatalogueReport> ReadAsync(EtlConfiguration configuration, int count, TextWriter errors)
    {
        using ServiceProvider services = EtlServices.Build(configuration, new ConsoleLog(Terminal.On(errors)), LogEventLevel.Error);
        var thumbnails = ActivatorUtilities.CreateInstance<ThumbnailSource>(services);
        return await ActivatorUtilities.CreateInstance<ReportReader>(services, thumbnails).ReadAsync(count);
    }

    private static string Summary(FileInfo file, CatalogueReport report)
    {
        int without = report.Gallery.Count(static movie => movie.Cover is null);
        string placeholders = without == 0 ? "" : $", {without} of them without their cover";
        return $"Wrote {file}: {Printable.Count(report.Movies, "movie")}, {Printable.Count(report.Gallery.Count, "palette")} shown{placeholders}.";
    }
}
