using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Palettes;

/// <summary>Reduction of a histogram to a palette.</summary>
public sealed class QuantizeOptions() : StageOptions(degreeOfParallelism: 0, boundedCapacity: 16)
{
    /// <summary>Algorithm that makes palettes. <see cref="QuantizeAlgorithm.ColorThief"/> is modified median cut as in
    /// colorthief 0.2.1, byte for byte; <see cref="QuantizeAlgorithm.Oklab"/> is k-means in OKLab, closer to what the eye
    /// sees. Default: ColorThief.</summary>
    [EnumDataType(typeof(QuantizeAlgorithm))]
    public QuantizeAlgorithm Algorithm { get; set; } = QuantizeAlgorithm.ColorThief;

    /// <summary>Number of colours of a palette. With 6, palettes of <see cref="QuantizeAlgorithm.ColorThief"/> equal the
    /// reference's. Range: 2 to 20. Default: 6.</summary>
    [Range(2, Palette.MaxColors)]
    public int ColorCount { get; set; } = 6;

    /// <summary>An earlier name of <c>Etl:Columns:Population</c>. Default: not set.</summary>
    [MinLength(1)]
    public string? PopulationColumn { get; set; }
}
