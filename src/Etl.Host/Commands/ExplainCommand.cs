using System.CommandLine;
using Etl.Host.Configuration;
using Etl.Host.Explain;
using Etl.Host.Json;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Service;

namespace Etl.Host.Commands;

/// <summary><c>etl explain</c>: all that is known about one movie.</summary>
internal sealed class ExplainCommand : ConfiguredCommand
{
    private readonly Argument<string> _id = new("ID")
    {
        Description = "Id of the movie. 322259 matches an integer or a text, 0114709 only a text. An id that begins with - goes after --.",
    };

    private readonly Option<bool> _json = CommandOption.Flag("--json", "Prints one JSON object.");

    public ExplainCommand()
        : base(
            "explain",
            """
            Explains a movie, and what the next run does with it.

            Shows its row, dead letter and provenance. Fetches and decodes its cover, in a
            separate process, and shows the palette of today's settings. Changes nothing.

            Example: etl explain 0114709

            Exit codes:
              0  done, also when the cover has no palette
              1  failed, or the movie does not exist
              2  the command line or the configuration was refused
              129, 130, 143
                 SIGHUP, SIGINT, SIGTERM
            """)
    {
        Arguments.Add(_id);
        Takes(_json);
    }

    protected override Task<int> RunAsync(ParseResult parsed) => StreamingAction.RunAsync(parsed, async stopping =>
    {
        EtlConfiguration configuration = Load(parsed);
        string id = parsed.GetValue(_id)!;
        Explanation explanation = await ExplainAsync(configuration, id, stopping)
            ?? throw new UserException(ExitCodes.Failed, Printable.Line($"no movie has the id {id}."));
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            EtlJson.WriteLine(output, new ExplanationJson(explanation), EtlJson.Readable.ExplanationJson);
        }
        else
        {
            ExplanationOutput.Write(output, explanation);
        }

        return ExitCodes.Done;
    });

    /// <remarks>Not with the services of a run, which open the log files of the configuration: this command writes nothing.</remarks>
    private static async Task<Explanation?> ExplainAsync(EtlConfiguration configuration, string id, CancellationToken stopping)
    {
        await using ServiceProvider services = new ServiceCollection().AddEtl(configuration.Options).BuildServiceProvider();
        var catalogue = new SqliteCatalogue(services.GetRequiredService<CatalogueOptions>());
        var schedule = new RetrySchedule(configuration.Options.Service, services.GetRequiredService<TimeProvider>());
        return await MovieExplainer.Of(services, catalogue, schedule, hasWorkers: configuration.Cluster.Broker is not null).ExplainAsync(id, stopping);
    }
}
