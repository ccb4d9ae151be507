using System.Text.Json;
using System.Text.RegularExpressions;
using Etl.Host.Configuration;
using Etl.Reference;
using PaletteEtl.Covers.Http;

namespace Etl.IntegrationTests.Generated;

/// <summary>Rules of the schema that no attribute states agree with those of the program.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Bearer x~")]
    [InlineData(" x ")]
    [InlineData("x\ny")]
    [InlineData("é")]
    public void Headers_Value_IsAllowedIfTheProgramSendsIt(string value)
    {
        using JsonDocument schema = JsonDocument.Parse(OptionSchema.Of(EtlOption.Find("Etl:Fetch:Headers")!).ToJsonString());
        string pattern = schema.RootElement.GetProperty("additionalProperties").GetProperty("pattern").GetString()!;

        Assert.Equal(RequestHeader.Problem("X-Token", value) is null, Regex.IsMatch(value, pattern));
    }

    [Theory]
    [InlineData("Etl:MaxDeadLetters", "string, integer, null")]
    [InlineData("Etl:Service:ApiKey", "string, null")]
    [InlineData("Etl:Fetch:Headers", "object, null")]
    [InlineData("Etl:Fetch:Locations", "array")]
    [InlineData("Etl:Fetch:MaxCoverBytes", "integer")]
    [InlineData("OpenTelemetry:TraceRatio", "number")]
    [InlineData("Etl:Write:FlushInterval", "string")]
    public void Type_OfAnOption_IsThatOfItsValues(string path, string types)
    {
        using JsonDocument schema = JsonDocument.Parse(OptionSchema.Of(EtlOption.Find(path)!).ToJsonString());
        JsonElement type = schema.RootElement.GetProperty("type");

        Assert.Equal(types, type.ValueKind == JsonValueKind.Array ? string.Join(", ", type.EnumerateArray()) : type.GetString());
    }
}
