using Etl.Host.Configuration;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Configuration;

public sealed class CheckTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Etl:Write:BatchSise", "Etl:Write:BatchSize")]
    [InlineData("Etl:Wirte:BatchSize", "Etl:Write:BatchSize")]
    [InlineData("Etl:BatchSize", "Etl:Write:BatchSize")]
    [InlineData("Etl:Write:BatchSize:0", "Etl:Write:BatchSize")]
    [InlineData("Etl:Fetch:Locations:a", "Etl:Fetch:Locations")]
    public void Load_MisspelledKey_IsRefusedWithASuggestion(string key, string meant) =>
        Assert.Equal(
            [$"{key} is not an option; found in --set; did you mean {meant}?"], _folder.Refusal(null, $"{key}=1")[1..]);

    [Theory]
    [InlineData("Etl:Write:Nonsense=1", "Etl:Write:Nonsense is not an option; found in --set")]
    [InlineData("Etl:Write=1", "Etl:Write must be a section of options; found '1' in --set")]
    [InlineData("Etl=1", "Etl must be a section of options; found '1' in --set")]
    [InlineData("A:B=1", "A is not a root of the configuration; found in --set; allowed are Etl, Serilog, OpenTelemetry, Kestrel")]
    public void Load_KeyThatMeansNothing_IsRefused(string setting, string problem) =>
        Assert.Equal([problem], _folder.Refusal(null, setting)[1..]);

    [Theory]
    [InlineData("Etl:Write:BatchSize", "0", "must be a whole number from 1 to 65536")]
    [InlineData("Etl:Write:BatchSize", "65537", "must be a whole number from 1 to 65536")]
    [InlineData("Etl:Write:BatchSize", "99999999999", "must be a whole number from 1 to 65536")]
    [InlineData("Etl:Write:BatchSize", "1.5", "must be a whole number from 1 to 65536")]
    [InlineData("Etl:Write:BatchSize", "0x10", "must be a whole number from 1 to 65536")]
    [InlineData("Etl:Write:BatchSize", "", "must be a whole number from 1 to 65536")]
    [InlineData("Etl:Decode:MaxPixels", "5000000000", "must be a whole number from 1 to 536870911")]
    [InlineData("Etl:Decode:MemoryBudgetBytes", "9223372036854775808", "must be a whole number of bytes, such as 16777216, of at least 1")]
    [InlineData("Etl:Fetch:MemoryBudgetBytes", "16MB", "must be a whole number of bytes, such as 16777216, of at least 1")]
    [InlineData("Etl:Fetch:MaxCoverBytes", "16 MiB", "must be a whole number of bytes, such as 16777216, from 1 to 2147483647")]
    [InlineData("Etl:DrainTimeout", "5s", "must be a duration, hours:minutes:seconds, such as 00:00:05, from 00:00:00 to 1.00:00:00")]
    [InlineData("Etl:Write:FlushInterval", "500ms", "must be a duration, hours:minutes:seconds, such as 00:00:05, from 00:00:00.010 to 01:00:00")]
    [InlineData("Etl:DrainTimeout", "25", "must be a duration, hours:minutes:seconds, such as 00:00:05, from 00:00:00 to 1.00:00:00")]
    [InlineData("Etl:Write:FlushInterval", "00:00:00.009", "must be a duration, hours:minutes:seconds, such as 00:00:05, from 00:00:00.010 to 01:00:00")]
    [InlineData("Etl:Quantize:Algorithm", "0", "must be one of ColorThief, Oklab")]
    [InlineData("Etl:Decode:Scale", "Half", "must be one of Full, Auto")]
    [InlineData("Etl:Decode:AcceptTruncated", "yes", "must be true or false")]
    [InlineData("Etl:Query:Table", "", "must not be empty")]
    [InlineData("Etl:Quantize:PopulationColumn", "", "must not be empty")]
    [InlineData("Etl:Cluster:Queues", "", "must have 1 to 64 characters")]
    [InlineData("Etl:Cluster:Queues", "01234567890123456789012345678901234567890123456789012345678901234", "must have 1 to 64 characters")]
    [InlineData("Etl:MaxDeadLetters", "0", "must be a count from 1, such as 100, or a share, such as 5%")]
    [InlineData("Etl:MaxDeadLetters", "101%", "must be a count from 1, such as 100, or a share, such as 5%")]
    public void Load_ValueThatIsNotAllowed_IsRefusedWithTheRule(string path, string value, string rule) =>
        Assert.Equal([$"{path} {rule}; found '{value}' in --set"], _folder.Refusal(null, $"{path}={value}")[1..]);

    [Fact]
    public void MustBe_OfEveryOption_NamesAnExampleThatIsAccepted() => Assert.All(EtlOption.All, static option =>
    {
        foreach (string example in (string[])[OptionRule.ExampleDuration, OptionRule.ExampleSize])
        {
            Assert.True(!option.Rule.MustBe.Contains(example, StringComparison.Ordinal) || option.Rule.Accepts(example), option.Path);
        }
    });

    [Theory]
    [InlineData("Etl:Write:BatchSize=65536")]
    [InlineData("Etl:Decode:MaxPixels=536870911")]
    [InlineData("Etl:Decode:MemoryBudgetBytes=9223372036854775807")]
    [InlineData("Etl:DrainTimeout=1.00:00:00")]
    [InlineData("Etl:Write:FlushInterval=00:00:00.010")]
    [InlineData("Etl:Quantize:Algorithm=colorthief")]
    [InlineData("Etl:Quantize:Algorithm=oklab", "Etl:Decode:Scale=auto")]
    [InlineData("Etl:Quantize:Algorithm=ColorThief", "Etl:Decode:Scale=Full", "Etl:Quantize:PopulationColumn=shares")]
    [InlineData("Etl:Decode:AcceptTruncated=TRUE")]
    public void Load_ValueAtItsLimit_IsAllowed(params string[] settings) =>
        Assert.Empty(OptionsValidation.Problems(_folder.Load(null, settings).Options));

    [Fact]
    public void Load_OptionsThatContradictEachOther_AreRefusedWithBothOrigins()
    {
        _folder.WithFile("etl.json", """{ "Etl": { "Decode": { "BoundedCapacity": 4 } } }""");

        string[] problems = _folder.Refusal(null, "Etl:Decode:DegreeOfParallelism=5")[1..];

        Assert.Equal(
            "Etl:Decode:BoundedCapacity must be at least Etl:Decode:DegreeOfParallelism, which is 5, because a stage holds the "
            + "items it works on; found 4 (Etl:Decode:DegreeOfParallelism in --set, Etl:Decode:BoundedCapacity in etl.json)",
            Assert.Single(problems));
    }

    [Fact]
    public void Load_ColorThiefOfScaledCovers_IsRefused() => Assert.Equal(
        ["Etl:Decode:Scale must be Full for Etl:Quantize:Algorithm ColorThief, which is defined for full size only; found Auto "
            + "(Etl:Decode:Scale in --set, Etl:Quantize:Algorithm by default)"],
        _folder.Refusal(null, "Etl:Decode:Scale=Auto")[1..]);

    [Fact]
    public void Load_PopulationByBothNames_IsRefusedUnlessTheyAgree()
    {
        Assert.Equal(
            ["Etl:Quantize:PopulationColumn is an earlier name of Etl:Columns:Population, which is parts; found shares "
                + "(Etl:Quantize:PopulationColumn in --set, Etl:Columns:Population in --set)"],
            _folder.Refusal(null, "Etl:Quantize:PopulationColumn=shares", "Etl:Columns:Population=parts")[1..]);
        Assert.Empty(OptionsValidation.Problems(
            _folder.Load(null, "Etl:Quantize:PopulationColumn=shares", "Etl:Columns:Population=shares").Options));
    }

    [Fact]
    public void Load_OneNameForTwoColumns_IsRefused() => Assert.Equal(
        ["Etl:Columns:Accent must be another column than Etl:Columns:Dominant, because colours would replace its values; found color "
            + "(Etl:Columns:Dominant in --set, Etl:Columns:Accent in --set)"],
        _folder.Refusal(null, "Etl:Columns:Dominant=color", "Etl:Columns:Accent=color")[1..]);

    [Fact]
    public void Load_ValueThatIsRefusedAlone_IsNotComparedWithOthers() =>
        Assert.Single(_folder.Refusal(null, "Etl:Decode:BoundedCapacity=none", "Etl:Decode:DegreeOfParallelism=50")[1..]);

    [Theory]
    [InlineData("c/{name}.jpg", "has a placeholder that is none of {id}")]
    [InlineData("ftp://example.org/{id}", "'ftp://example.org/{id}' is neither a path nor a valid http or https URL")]
    [InlineData(" ", "a location is empty")]
    public void Load_LocationThatMeansNothing_IsRefused(string location, string problem)
    {
        string line = Assert.Single(_folder.Refusal(null, "Etl:Fetch:Locations:0=/a", $"Etl:Fetch:Locations:1={location}")[1..]);

        Assert.StartsWith("Etl:Fetch:Locations:1 is not a location: ", line);
        Assert.Contains(problem, line);
        Assert.EndsWith("(Etl:Fetch:Locations:1 in --set)", line);
    }

    [Fact]
    public void Load_CoverWithoutItsColumn_IsRefused() => Assert.Equal(
        ["Etl:Query:CoverColumn must name a column, because Etl:Fetch:Locations has {cover}; found 'https://example.org/{cover}?…'"],
        _folder.Refusal(null, "Etl:Fetch:Locations=https://example.org/{cover}?key=s3cret")[1..].Select(WithoutOrigins));

    [Fact]
    public void Load_CoverColumnWithoutACover_IsRefused() => Assert.Equal(
        ["Etl:Fetch:Locations must have {cover}, such as covers/{cover}, because Etl:Query:CoverColumn is set; found poster"],
        _folder.Refusal(null, "Etl:Query:CoverColumn=poster")[1..].Select(WithoutOrigins));

    [Fact]
    public void Load_CoverColumnThatIsThePalettes_IsRefused() => Assert.StartsWith(
        "Etl:Query:PaletteColumn must be another column than Etl:Query:CoverColumn, because palettes would replace the locations; found palette_json",
        Assert.Single(_folder.Refusal(null, "Etl:Query:CoverColumn=Palette_JSON", "Etl:Fetch:Locations=covers/{cover}")[1..]));

    [Theory]
    [InlineData("Etl:Query:CoverColumn=poster", "Etl:Fetch:Locations=covers/{cover}")]
    [InlineData("Etl:Query:CoverColumn=poster", "Etl:Cluster:Broker=amqp://etl@localhost/")]
    [InlineData("Etl:Fetch:Locations=covers/{cover}", "Etl:Cluster:Broker=amqp://etl@localhost/")]
    public void Load_CoverColumnOfTheRightMachine_IsAllowed(params string[] settings) =>
        Assert.NotNull(_folder.Load(null, settings));

    [Theory]
    [InlineData("year = 1; DROP TABLE movies", "; at character 9 is unexpected")]
    [InlineData("year", "the end at character 5 is unexpected, there must be =, <>, <, <=, >, >=, in, between or is")]
    public void Load_FilterThatIsNone_IsRefused(string filter, string problem) => Assert.Equal(
        [$"Etl:Query:Where is not a filter, such as year >= 1990 and kind in ('movie', 'tv'): {problem} (Etl:Query:Where in --set)"],
        _folder.Refusal(null, $"Etl:Query:Where={filter}")[1..]);

    [Fact]
    public void Load_FilterWithEqualsSigns_IsAllowed() => Assert.Equal(
        "year >= 1990 and kind = 'it''s'", _folder.Load(null, "Etl:Query:Where=year >= 1990 and kind = 'it''s'").Options.Query.Where);

    [Fact]
    public void Load_OrderThatIsNone_IsRefused() => Assert.Equal(
        ["Etl:Query:OrderBy is not an order: an order is a column and, for the greatest value first, desc, such as year desc (Etl:Query:OrderBy in --set)"],
        _folder.Refusal(null, "Etl:Query:OrderBy=random()")[1..]);

    private static string WithoutOrigins(string problem) => problem[..problem.LastIndexOf(" (", StringComparison.Ordinal)];

    [Fact]
    public void Load_ManyProblems_AreAllReportedWithTheirOrigins()
    {
        _folder
            .WithFile("etl.json", """
                { "Elt": { "Write": { "BatchSize": 1, "FlushInterval": 1 } }, "Etl": { "Write": { "BatchSise": null } } }
                """)
            .WithVariable("Etl__Quantize__ColorCount", "64");

        string[] lines = _folder.Refusal(null, "Etl:DrainTimeout=soon");

        Assert.Collection(
            lines,
            line => Assert.Equal("the configuration is refused:", line),
            line => Assert.StartsWith("Elt is not a root of the configuration; found in etl.json; ", line),
            line => Assert.StartsWith("Etl:Write:BatchSise is not an option; found in etl.json", line),
            line => Assert.EndsWith("found '64' in environment variable Etl__Quantize__ColorCount", line),
            line => Assert.EndsWith("found 'soon' in --set", line));
    }
}
