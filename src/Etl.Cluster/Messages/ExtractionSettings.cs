using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.Cluster.Messages;

/// <summary>The options that palettes and failures depend on. A worker takes them from the run.</summary>
/// <remarks>Every option of decode and quantize travels but those named here, which each machine has of its own.</remarks>
/// <param name="Decode">How covers are decoded and sampled.</param>
/// <param name="Quantize">How a histogram is reduced to a palette.</param>
/// <param name="Columns">The columns beside the palette; null for none, because an earlier version refuses the field.</param>
/// <param name="TrimFrame">Whether frames are left out; null for ColorThief, which keeps them. With Oklab an earlier version has to refuse
/// the field, because its palettes are others.</param>
internal sealed record ExtractionSettings(
    DecodeOptions Decode,
    QuantizeOptions Quantize,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ColumnOptions? Columns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? TrimFrame = null)
{
    private static readonly string[] OfTheMachine =
    [
        nameof(StageOptions.DegreeOfParallelism),
        nameof(StageOptions.BoundedCapacity),
        nameof(DecodeOptions.MemoryBudgetBytes),
        nameof(DecodeOptions.Timeout),
        nameof(DecodeOptions.TurboJpeg), // what the machine has; the palettes of undamaged covers are the same
        nameof(DecodeOptions.Dav1d), // likewise
    ];

    /// <summary>Options that are among the columns, or have a field of their own.</summary>
    private static readonly string[] Elsewhere = [nameof(QuantizeOptions.PopulationColumn), nameof(DecodeOptions.TrimFrame)];

    /// <summary>The settings of a run.</summary>
    public static ExtractionSettings Of(EtlOptions run) => new(
        run.Decode,
        run.Quantize,
        run.CoverColumns.Count == 0 ? null : ColumnsOf(run),
        run.Quantize.Algorithm == QuantizeAlgorithm.Oklab ? run.Decode.TrimFrame : null);

    /// <summary>Whether the run decides the option of a path, so that a worker ignores its own.</summary>
    public static bool IsOfTheRun(string path)
    {
        string option = path[(path.LastIndexOf(':') + 1)..];
        bool isOfAStage = path.StartsWith("Etl:Decode:", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("Etl:Quantize:", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("Etl:Columns:", StringComparison.OrdinalIgnoreCase);
        return isOfAStage && !OfTheMachine.Contains(option, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The settings of a message; null when this version does not know one of them.</summary>
    public static ExtractionSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize(MessageJson.Settings);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A machine's options with the run's settings in them.</summary>
    public EtlOptions ApplyTo(EtlOptions machine)
    {
        Keep(ClusterJson.Default.DecodeOptions, machine.Decode, Decode);
        Keep(ClusterJson.Default.QuantizeOptions, machine.Quantize, Quantize);
        Quantize.PopulationColumn = null; // the machine's own
        Decode.TrimFrame = TrimFrame ?? true;
        return new EtlOptions { Fetch = machine.Fetch, Decode = Decode, Quantize = Quantize, Columns = Columns ?? new ColumnOptions() };
    }

    /// <summary>Leaves out of a message what does not travel.</summary>
    public static void Reduce(JsonTypeInfo type)
    {
        if (type.Type == typeof(DecodeOptions) || type.Type == typeof(QuantizeOptions))
        {
            foreach (JsonPropertyInfo property in type.Properties.Where(IsLeftOut).ToArray())
            {
                type.Properties.Remove(property);
            }
        }
    }

    /// <summary>The columns, with the one that has an earlier name. Their names do not matter to a worker.</summary>
    private static ColumnOptions ColumnsOf(EtlOptions run)
    {
        JsonTypeInfo<ColumnOptions> type = ClusterJson.Default.ColumnOptions;
        ColumnOptions columns = JsonSerializer.SerializeToElement(run.Columns, type).Deserialize(type)!;
        columns.Population ??= run.Quantize.PopulationColumn;
        return columns;
    }

    private static void Keep(JsonTypeInfo type, StageOptions machine, StageOptions settings)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(IsLeftOut))
        {
            property.Set!(settings, property.Get!(machine));
        }
    }

    private static bool IsLeftOut(JsonPropertyInfo property) =>
        OfTheMachine.Concat(Elsewhere).Contains(property.Name, StringComparer.OrdinalIgnoreCase);
}
