using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

public sealed class ReloadTests : IDisposable
{
    private const int Hangup = 1;

    private readonly TestCatalogue _catalogue = new(movies: 3);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Serve_FileChangedAtSighup_TakesOverWhatIsSafeAndTellsOfTheRest()
    {
        Write("""{ "Etl": { "Quantize": { "ColorCount": 6 } } }""");
        await using ServiceProcess service = await StartAsync();
        await Eventually.Holds(() => _catalogue.Missing == 2);

        Write("""{ "Etl": { "Quantize": { "ColorCount": 3 }, "Query": { "PageSize": 7 } } }""");
        service.Signal(Hangup);
        await service.Logged("The configuration was reloaded: Etl:Quantize:ColorCount.");
        await service.Logged("take effect after a restart: Etl:Query:PageSize.");

        _catalogue.Execute("UPDATE movies SET palette_json = NULL WHERE palette_json <> ''");
        await Eventually.Holds(() => _catalogue.Missing == 2);
        Assert.Equal(3, _catalogue.Scalar("SELECT json_array_length(palette_json) FROM movies WHERE palette_json <> ''"));
    }

    [Fact]
    public async Task Serve_FileChangedBadly_KeepsTheOldValues()
    {
        Write("""{ "Etl": { "Quantize": { "ColorCount": 4 } } }""");
        await using ServiceProcess service = await StartAsync();

        Write("""{ "Etl": { "Quantize": { "ColorCount": 400 } } }""");
        service.Signal(Hangup);
        await service.Logged("is not applied, and the previous one stays in use");

        _catalogue.Execute("UPDATE movies SET palette_json = NULL WHERE palette_json <> ''");
        await Eventually.Holds(() => _catalogue.Missing == 2);
        Assert.Equal(4, _catalogue.Scalar("SELECT json_array_length(palette_json) FROM movies WHERE palette_json <> ''"));
    }

    [Fact]
    public async Task Serve_LevelsChanged_TakesOverThoseThereWereAtTheStart()
    {
        Write("""{ "Serilog": { "MinimumLevel": { "Default": "Information" } } }""");
        await using ServiceProcess service = await StartAsync();
        await service.RunCompleted();

        Write("""{ "Serilog": { "MinimumLevel": { "Default": "Debug", "Override": { "Etl": "Debug" } } } }""");
        service.Signal(Hangup);
        await service.Logged("The configuration was reloaded: Serilog:MinimumLevel:Default.");
        await service.Logged("take effect after a restart: Serilog:MinimumLevel:Override:Etl.");
        _catalogue.Execute("UPDATE movies SET palette_json = NULL WHERE palette_json <> ''");
        await service.Logged("DBG A batch was committed");

        Write("""{ "Serilog": { "MinimumLevel": { "Default": "Debug" } } }""");
        service.Signal(Hangup);
        await service.Logged("The configuration has not changed.");
    }

    [Fact]
    public async Task Serve_LevelThatIsNone_IsRefused()
    {
        Write("""{ "Serilog": { "MinimumLevel": { "Default": "Information" } } }""");
        await using ServiceProcess service = await StartAsync();

        Write("""{ "Serilog": { "MinimumLevel": { "Default": "Loud" } } }""");
        service.Signal(Hangup);

        await service.Logged("Serilog:MinimumLevel:Default must be one of Verbose, Debug, Information, Warning, Error, Fatal; found 'Loud'");
    }

    [Fact]
    public async Task Serve_FileChangedWithoutASignal_IsNoticed()
    {
        Write("""{ "Etl": { "MaxDeadLetters": "100" } }""");
        await using ServiceProcess service = await StartAsync();

        Write("""{ "Etl": { "MaxDeadLetters": "1000" } }""");

        await service.Logged("The configuration was reloaded: Etl:MaxDeadLetters.");
    }

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(_catalogue, "--config", "service.json");

    private void Write(string json) => File.WriteAllText(_catalogue.PathOf("service.json"), json);
}
