using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Run;

/// <summary>Runs of the real process over covers on a server that is not always well.</summary>
public sealed class HttpRunTests : IDisposable
{
    private const string Secret = "s3cret";

    private readonly TestCatalogue _catalogue = new(movies: 16);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_ServerFailsInBetween_GivesTheSameRowsAsAFolder()
    {
        using var other = new TestCatalogue(movies: 16);
        await EtlCommand.RunAsync(["run", .. other.WholeSettings]);
        await using CoverServer server = await CoverServer.StartAsync(FailsFirst());

        EtlOutput ended = await RunAsync(server, "--report", "report.json");

        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal(3, ended.ExitCode); // two covers of a drawn catalogue are broken
        Assert.Equal((16, 14, 2), (totals["read"], totals["written"], totals["deadLetters"]));
        Assert.Equal(Palettes(other), Palettes(_catalogue));
        Assert.Equal(32, server.Requests);
        Assert.Equal(0, _catalogue.Scalar(
            $"SELECT count(*) FROM etl_dead_letters WHERE message LIKE '%{Secret}%' OR reason IN ('unreachable', 'timeout')"));
        Assert.DoesNotContain(Secret, ended.Errors + ended.Output + File.ReadAllText(_catalogue.PathOf("report.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BrokenCoversHaveNotChanged_AreSkippedWithoutTheirBodies()
    {
        await using CoverServer server = await CoverServer.StartAsync(WithTags(FromFolder));
        await RunAsync(server);

        EtlOutput ended = await RunAsync(server, "--report", "report.json");

        Assert.Equal(3, ended.ExitCode);
        Assert.Equal((2, 2), (_catalogue.Report("report.json")["read"], _catalogue.Report("report.json")["skipped"]));
    }

    private async Task<EtlOutput> RunAsync(CoverServer server, params string[] arguments)
    {
        using EtlProcess process = EtlProcess.Start(
            _catalogue.Folder,
            [("Etl__Fetch__Headers__Authorization", $"Bearer {Secret}"), ("Etl__Fetch__Headers__X-Api-Key", Secret)],
            [
                "run", .. arguments,
                "--set", "Etl:Query:Database=movies.db", "--set", $"Etl:Fetch:Locations:0={server.Url}/{{id}}.jpg?token={Secret}",
            ]);
        return await process.EndAsync();
    }

    /// <summary>Answers that fail at the first request for a path, in one of several ways, and succeed at the second.</summary>
    private RequestDelegate FailsFirst()
    {
        RequestDelegate[] ways =
        [
            Answers.Status(503, ("Retry-After", "0")),
            Answers.Status(429, ("Retry-After", "0")),
            Answers.Status(408, ("Retry-After", "0")),
            Answers.Status(500, ("Retry-After", "0")),
            Answers.Reset(new byte[100], length: 1_000),
            Answers.Reset([], length: 0),
        ];
        var asked = new HashSet<string>();
        return context =>
        {
            bool allowed = context.Request.Headers.Authorization == $"Bearer {Secret}"
                && context.Request.Headers["X-Api-Key"] == Secret && context.Request.Query["token"] == Secret;
            int way;
            lock (asked)
            {
                way = asked.Add(context.Request.Path) ? asked.Count % ways.Length : -1;
            }

            return !allowed ? Answers.Status(403)(context) : way < 0 ? FromFolder(context) : ways[way](context);
        };
    }

    private Task FromFolder(HttpContext context) => Answers.FileOf(_catalogue.PathOf("covers"))(context);

    private static RequestDelegate WithTags(RequestDelegate answer) => context =>
    {
        string tag = $"\"{context.Request.Path}\"";
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        context.Response.Headers.ETag = tag;
        return answer(context);
    };

    private static List<(string Id, string? Palette)> Palettes(TestCatalogue catalogue)
    {
        using var connection = new SqliteConnection($"Data Source={catalogue.PathOf("movies.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, palette_json FROM movies ORDER BY id";
        using SqliteDataReader reader = command.ExecuteReader();
        var palettes = new List<(string, string?)>();
        while (reader.Read())
        {
            palettes.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
        }

        return palettes;
    }
}
