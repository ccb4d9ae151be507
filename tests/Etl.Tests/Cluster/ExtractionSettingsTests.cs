using System.Reflection;
using System.Text.Json;
using Etl.Cluster.Messages;
using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using RabbitMQ.Client;

namespace Etl.Tests.Cluster;

/// <summary>Whether each option travels, or is named here as one that a machine has of its own.</summary>
public sealed class ExtractionSettingsTests
{
    private static readonly string[] OfTheMachine =
    [
        "Decode.BoundedCapacity", "Decode.Dav1d", "Decode.DegreeOfParallelism", "Decode.MemoryBudgetBytes", "Decode.Timeout", "Decode.TurboJpeg",
        "Quantize.BoundedCapacity", "Quantize.DegreeOfParallelism", "Quantize.PopulationColumn",
    ];

    [Fact]
    public void ApplyTo_EveryOption_IsTheRunsUnlessItIsNamedAsTheMachines()
    {
        var machine = new EtlOptions();
        var run = new EtlOptions();
        (string Name, PropertyInfo Option, Func<EtlOptions, StageOptions> Section)[] options =
        [
            .. OptionsOf("Decode", typeof(DecodeOptions), options => options.Decode),
            .. OptionsOf("Quantize", typeof(QuantizeOptions), options => options.Quantize),
        ];
        foreach ((_, PropertyInfo option, Func<EtlOptions, StageOptions> section) in options)
        {
            option.SetValue(section(run), Other(option, option.GetValue(section(run))));
        }

        EtlOptions applied = Sent(ExtractionSettings.Of(run)).ApplyTo(machine);

        string[] kept =
        [
            .. options
                .Where(option => Equals(option.Option.GetValue(option.Section(applied)), option.Option.GetValue(option.Section(machine))))
                .Select(option => option.Name)
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(OfTheMachine, kept);
        Assert.All(options, option => Assert.True(
            kept.Contains(option.Name) || Equals(option.Option.GetValue(option.Section(applied)), option.Option.GetValue(option.Section(run)))));
    }

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief, false)]
    [InlineData(QuantizeAlgorithm.Oklab, true)] // an earlier version, whose palettes of Oklab are others, does not know the field
    public void Of_EachAlgorithm_HasTheFrameWhereItCounts(QuantizeAlgorithm algorithm, bool isThere)
    {
        var run = new EtlOptions { Quantize = { Algorithm = algorithm } };

        JsonElement settings = JsonSerializer.SerializeToElement(ExtractionSettings.Of(run), MessageJson.Settings);

        Assert.Equal(isThere, settings.TryGetProperty("trimFrame", out _));
        Assert.False(settings.GetProperty("decode").TryGetProperty("trimFrame", out _));
    }

    [Theory]
    [InlineData("""{"decode":{"unheardOf":1},"quantize":{}}""")]
    [InlineData("""{"decode":{},"quantize":{"algorithm":"Magic"}}""")]
    [InlineData("""{"decode":{}}""")]
    [InlineData("1")]
    public void Read_OtherVersionOrContent_IsNotUnderstood(string json) =>
        Assert.Null(ExtractionSettings.Read(JsonElement.Parse(json)));

    [Fact]
    public void ApplyTo_MachineHasAColumnForAnotherAlgorithm_IsValid()
    {
        var machine = new EtlOptions { Quantize = { Algorithm = QuantizeAlgorithm.Oklab, PopulationColumn = "shares" } };

        EtlOptions applied = new ExtractionSettings(new DecodeOptions(), new QuantizeOptions()).ApplyTo(machine);

        Assert.Empty(OptionsValidation.Problems(applied));
    }

    private static ExtractionSettings Sent(ExtractionSettings settings)
    {
        var message = new WorkMessage(JsonSerializer.SerializeToElement(settings, MessageJson.Settings), [new("key", default)]);
        (BasicProperties properties, byte[] body) = MessageFormat.Write(message, new WorkHeaders("epoch"));
        return ExtractionSettings.Read(MessageFormat.ReadWork(properties, body)!.Settings)!;
    }

    private static IEnumerable<(string Name, PropertyInfo Option, Func<EtlOptions, StageOptions> Section)> OptionsOf(
        string name, Type type, Func<EtlOptions, StageOptions> section) =>
        type.GetProperties().Where(option => option.CanWrite).Select(option => ($"{name}.{option.Name}", option, section));

    /// <summary>A value that is not the default.</summary>
    private static object Other(PropertyInfo option, object? value)
    {
        Type type = Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;
        return value switch
        {
            int number => number + 1,
            long number => number + 1,
            bool flag => !flag,
            TimeSpan time => time + TimeSpan.FromSeconds(1),
            _ when type.IsEnum => Enum.GetValues(type).Cast<object>().First(other => !other.Equals(value)),
            _ when type == typeof(string) => "other",
            _ => throw new InvalidOperationException($"{option.Name} is of a type this test knows nothing of."),
        };
    }
}
