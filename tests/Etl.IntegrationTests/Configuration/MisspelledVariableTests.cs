using Etl.Host.Configuration;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Configuration;

/// <summary>Environment variables whose underscores are not double.</summary>
public sealed class MisspelledVariableTests
{
    [Theory]
    [InlineData("ETL_QUERY_DATABASE", "Etl__Query__Database")]
    [InlineData("Etl_Query__Database", "Etl__Query__Database")]
    [InlineData("etl_write_batch_size", "Etl__Write__BatchSize")]
    [InlineData("ETL_MAXDEADLETTERS", "Etl__MaxDeadLetters")]
    [InlineData("ETL_FETCH_LOCATIONS", "Etl__Fetch__Locations__0")]
    [InlineData("ETL_FETCH_LOCATIONS_1", "Etl__Fetch__Locations__1")]
    [InlineData("ETL_FETCH_HEADERS_X_Api_Key", "Etl__Fetch__Headers__X_Api_Key")]
    public void Misspelled_NameOfAnOption_SaysTheRightName(string name, string meant) => Assert.Equal(
        [$"The environment variable {name} is ignored: two underscores separate the parts of an option. Rename it to {meant}."],
        EnvironmentLayer.Misspelled(new Dictionary<string, string> { [name] = "x" }));

    [Theory]
    [InlineData("ETL_HOME", "x")]
    [InlineData("ETL_QUERY", "x")]
    [InlineData("ETL_QUERY_DATABASE", "")]
    [InlineData("Etl__Query__Database", "x")]
    [InlineData("MY_ETL_QUERY_DATABASE", "x")]
    [InlineData("ETL_QUERY_DATABASE_URL", "x")]
    public void Misspelled_AnyOther_IsNone(string name, string value) =>
        Assert.Empty(EnvironmentLayer.Misspelled(new Dictionary<string, string> { [name] = value }));

    [Theory]
    [InlineData("validate")]
    [InlineData("run")]
    public async Task Command_MisspelledVariable_WarnsOfIt(string command)
    {
        using var catalogue = new TestCatalogue(movies: 1);
        using EtlProcess process = EtlProcess.Start(
            catalogue.Folder, [("ETL_QUERY_TABLE", "films")], [command, .. TestCatalogue.Settings]);

        EtlOutput ended = await process.EndAsync();

        Assert.Contains(
            "The environment variable ETL_QUERY_TABLE is ignored: two underscores separate the parts of an option. Rename it to Etl__Query__Table.",
            ended.Errors);
    }
}
