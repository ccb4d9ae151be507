using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Palettes;

/// <summary>How a histogram is reduced to a palette.</summary>
public sealed class QuantizeOptions() : StageOptions(degreeOfParallelism: 0, boundedCapacity: 16)
{
    /// <summary>The algorithm. Default: <see cref="QuantizeAlgorithm.ColorThief"/>.</summary>
    [EnumDataType(typeof(QuantizeAlgorithm))]
    public QuantizeAlgorithm Algorithm { get; set; } = QuantizeAlgorithm.ColorThief;

    /// <summary>Colours of a palette. Default: 6, for which palettes of <see cref="QuantizeAlgorithm.ColorThief"/> equal the reference's.</summary>
    [Range(2, Palette.MaxColors)]
    public int ColorCount { get; set; } = 6;

    /// <summary>A column that takes the share of the cover's pixels each colour stands for, as a JSON array, beside the palette;
    /// only <see cref="QuantizeAlgorithm.Oklab"/> knows them. Default: none.</summary>
    [MinLength(1)]
    public string? PopulationColumn { get; set; }
}
