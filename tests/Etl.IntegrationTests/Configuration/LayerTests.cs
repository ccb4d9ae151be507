using Etl.Host.Configuration;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Configuration;

public sealed class LayerTests : IDisposable
{
    private const string BatchSize = "Etl:Write:BatchSize";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_NothingGiven_YieldsTheDefaults()
    {
        EtlConfiguration configuration = _folder.Load();

        Assert.Equal(256, configuration.Options.Write.BatchSize);
        Assert.Equal("default", configuration.OriginOf(BatchSize));
    }

    [Fact]
    public void Load_FileInTheCurrentFolder_GoesBeforeTheDefaults()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Write": { "BatchSize": 1 } } }""");

        EtlConfiguration configuration = _folder.Load();

        Assert.Equal(1, configuration.Options.Write.BatchSize);
        Assert.Equal("etl.json", configuration.OriginOf(BatchSize));
    }

    [Fact]
    public void Load_Variable_GoesBeforeTheFile()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Write": { "BatchSize": 1 } } }""").WithVariable("ETL__WRITE__BATCHSIZE", "2");

        EtlConfiguration configuration = _folder.Load();

        Assert.Equal(2, configuration.Options.Write.BatchSize);
        Assert.Equal("environment variable ETL__WRITE__BATCHSIZE", configuration.OriginOf(BatchSize));
    }

    [Fact]
    public void Load_Setting_GoesBeforeTheVariable()
    {
        _folder.WithVariable("Etl__Write__BatchSize", "2");

        EtlConfiguration configuration = _folder.Load(null, "Etl:Write:BatchSize=3", "etl:write:batchsize=4");

        Assert.Equal(4, configuration.Options.Write.BatchSize);
        Assert.Equal("--set", configuration.OriginOf(BatchSize));
    }

    [Theory]
    [InlineData("ETL", "1")]
    [InlineData("ETL__", "1")]
    [InlineData("ETL_HOME", "/opt/etl")]
    [InlineData("KESTREL_X", "1")]
    [InlineData("Etlx__Write", "1")]
    [InlineData("Logging__LogLevel__Default", "Debug")]
    public void Load_VariableOfSomeoneElse_DoesNoHarm(string name, string value)
    {
        _folder.WithVariable(name, value);

        EtlConfiguration configuration = _folder.Load();

        Assert.All(configuration.Settings, setting => Assert.Equal("default", setting.Origin));
    }

    [Fact]
    public void Load_VariableOfAnotherAllowedRoot_IsTaken()
    {
        _folder.WithVariable("Serilog__MinimumLevel", "Debug");

        EtlConfiguration configuration = _folder.Load();

        Assert.Equal("Debug", configuration.Root["Serilog:MinimumLevel"]);
    }

    [Fact]
    public void Load_NullInTheFile_LeavesTheOptionAsItIs()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "MaxDeadLetters": null, "Write": { "BatchSize": null }, "Query": null } }""");

        EtlConfiguration configuration = _folder.Load();

        Assert.Null(configuration.Options.MaxDeadLetters);
        Assert.All(configuration.Settings, setting => Assert.Equal("default", setting.Origin));
    }

    [Theory]
    [InlineData("5%")]
    [InlineData("0.5 %")]
    [InlineData("100%")]
    [InlineData("100")]
    public void Load_CountOrShareOfDeadLetters_IsAllowed(string limit)
    {
        EtlConfiguration configuration = _folder.Load(null, $"Etl:MaxDeadLetters={limit}");

        Assert.Equal(limit, configuration.Options.MaxDeadLetters);
        Assert.Empty(OptionsValidation.Problems(configuration.Options));
    }
}
