using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>Columns beside the palette that workers compute.</summary>
[Collection<ClusterSuite>]
public sealed class ColumnClusterTests(RabbitBroker broker) : ClusterTest(broker, Movies)
{
    private const int Movies = 24, Made = Movies - 2;

    private static readonly string[] Columns =
    [
        "--set", "Etl:Quantize:PopulationColumn=shares", "--set", "Etl:Columns:Accent=accent", "--set", "Etl:Columns:ThumbHash=thumb", "--set", "Etl:Columns:Width=wide",
    ];

    [Fact]
    public async Task Run_ColumnsWithWorkers_AreThoseOfALocalRunAlsoWhenConfiguredLater()
    {
        Catalogue.Execute("ALTER TABLE movies ADD COLUMN shares; ALTER TABLE movies ADD COLUMN accent; ALTER TABLE movies ADD COLUMN thumb; ALTER TABLE movies ADD COLUMN wide");
        File.Copy(Catalogue.PathOf("movies.db"), Catalogue.PathOf("local.db"));
        await EtlProcess.RunAsync(
            Catalogue.Folder, ["run", "--quiet", .. TestCatalogue.Settings, "--set", "Etl:Query:Database=local.db", .. Columns]);
        using var cluster = new TestCluster(Broker, Catalogue.Folder, "etl-columns") { Settings = SmallBatches };
        EtlProcess[] workers = [cluster.StartWorker(), cluster.StartWorker()];

        await cluster.StartCoordinator("--limit", "8").EndAsync();
        EtlOutput rest = await cluster.StartCoordinator([.. Columns, "--report", "report.json"]).EndAsync();

        Assert.Equal(3, rest.ExitCode); // two covers are broken
        Assert.Equal(Made, Catalogue.Scalar("SELECT count(*) FROM movies WHERE shares <> '' AND accent <> '' AND thumb <> '' AND wide > 0"));
        Assert.Equal(Contents("local.db"), Contents("movies.db"));
        await TestCluster.EndAsync(workers);
    }

    private string Contents(string database)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Catalogue.PathOf(database)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(id || palette_json || shares || accent || thumb || wide, char(10)) FROM (SELECT * FROM movies WHERE palette_json <> '' ORDER BY rowid)";
        return (string)command.ExecuteScalar()!;
    }
}
