using Etl.Host;
using Etl.Host.Configuration;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Configuration;

/// <summary>The configuration of a command for single images.</summary>
public sealed class ImageConfigurationTests : IDisposable
{
    private const string Colors = "Etl:Quantize:ColorCount";

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadForImages_EachLayer_GoesBeforeTheOneBelow()
    {
        int byDefault = ColorsOf();
        _folder.WithFile("etl.json", """{ "Etl": { "Quantize": { "ColorCount": 2 } } }""");
        int inFile = ColorsOf();
        _folder.WithVariable("Etl__Quantize__ColorCount", "3");
        int inEnvironment = ColorsOf();
        int set = ColorsOf($"{Colors}=4");

        Assert.Equal((6, 2, 3, 4), (byDefault, inFile, inEnvironment, set));
    }

    [Fact]
    public void LoadForImages_Shortcut_GoesBeforeAllLayers()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Quantize": { "Algorithm": "ColorThief" } } }""")
            .WithVariable("Etl__Quantize__Algorithm", "ColorThief");

        EtlConfiguration configuration = _folder.LoadForImages(
            ["Etl:Quantize:Algorithm=ColorThief"], new Setting("Etl:Quantize:Algorithm", "Oklab", "--algorithm"));

        Assert.Equal(QuantizeAlgorithm.Oklab, configuration.Options.Quantize.Algorithm);
        Assert.Equal("--algorithm", configuration.OriginOf("Etl:Quantize:Algorithm"));
    }

    [Fact]
    public void LoadForImages_OptionsOfFetchAndDecode_TakeEffect()
    {
        EtlOptions options = _folder.LoadForImages(
        [
            "Etl:Decode:Strict=true", "Etl:Decode:MaxPixels=7", "Etl:Decode:Timeout=00:00:09", "Etl:Decode:MemoryBudgetBytes=8",
            "Etl:Fetch:MaxCoverBytes=5", "Etl:Fetch:MemoryBudgetBytes=6", "Etl:Fetch:Headers:X-Key=k",
        ]).Options;

        Assert.Equal((true, 7, TimeSpan.FromSeconds(9), 8), (options.Decode.Strict, options.Decode.MaxPixels, options.Decode.Timeout, options.Decode.MemoryBudgetBytes));
        Assert.Equal((5, 6, "k"), (options.Fetch.MaxCoverBytes, options.Fetch.MemoryBudgetBytes, options.Fetch.Headers!["X-Key"]));
    }

    [Theory]
    [InlineData("Etl:Query:Database=")]
    [InlineData("etl:query:database= ")]
    [InlineData("Etl:Query:Database=no/such/folder/movies.db")]
    [InlineData("Etl:Fetch:Locations=")]
    [InlineData("Etl:Fetch:Locations:0=")]
    public void LoadForImages_NoDatabaseOrLocation_IsAllowed(string setting) =>
        Assert.Empty(OptionsValidation.Problems(_folder.LoadForImages([setting]).Options));

    [Fact]
    public void LoadForImages_EmptyListOfLocationsInTheFile_IsAllowed()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Query": { "Database": "" }, "Fetch": { "Locations": [] } } }""");

        Assert.Empty(OptionsValidation.Problems(_folder.LoadForImages([]).Options));
    }

    [Theory]
    [InlineData("Etl:Decode:MaxPixel=1", "Etl:Decode:MaxPixel is not an option; found in --set; did you mean Etl:Decode:MaxPixels?")]
    [InlineData("Etl:Query:Databse=", "Etl:Query:Databse is not an option; found in --set; did you mean Etl:Query:Database?")]
    [InlineData("Etl:Query:Table=", "Etl:Query:Table must not be empty; found '' in --set")]
    [InlineData("Etl:Query:PageSize=0", "Etl:Query:PageSize must be a whole number from 1 to 1000000; found '0' in --set")]
    [InlineData("Etl:Quantize:ColorCount=21", "Etl:Quantize:ColorCount must be a whole number from 2 to 20; found '21' in --set")]
    public void LoadForImages_MisspeltOrOutOfRange_IsRefusedAsElsewhere(string setting, string problem)
    {
        UserException error = Assert.Throws<UserException>(() => _folder.LoadForImages([setting]));

        Assert.Equal(ExitCodes.Refused, error.ExitCode);
        Assert.Equal(["the configuration is refused:", problem], error.Message.Split(Environment.NewLine));
        Assert.Equal(_folder.Refusal(null, setting), error.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void LoadForImages_ShortcutAgainstAnotherOption_IsNamedInTheProblem()
    {
        UserException error = Assert.Throws<UserException>(() => _folder.LoadForImages(
            ["Etl:Quantize:Algorithm=Oklab", "Etl:Decode:Scale=Auto"], new Setting("Etl:Quantize:Algorithm", "ColorThief", "--algorithm")));

        Assert.Contains("Etl:Quantize:Algorithm in --algorithm", error.Message, StringComparison.Ordinal);
    }

    private int ColorsOf(params string[] settings) => _folder.LoadForImages(settings).Options.Quantize.ColorCount;
}
