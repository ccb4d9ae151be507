using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;

namespace PaletteEtl.Hosting;

/// <summary>Everything that can be set about a run; bound from the configuration section <c>Etl</c>.</summary>
public sealed class EtlOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Etl";

    /// <summary>Which movies are read.</summary>
    [ValidateObjectMembers]
    public QueryOptions Query { get; set; } = new();

    /// <summary>Where covers come from, and how many are fetched at once.</summary>
    [ValidateObjectMembers]
    public FetchOptions Fetch { get; set; } = new();

    /// <summary>How covers are decoded and sampled.</summary>
    [ValidateObjectMembers]
    public DecodeOptions Decode { get; set; } = new();

    /// <summary>How a histogram is reduced to a palette.</summary>
    [ValidateObjectMembers]
    public QuantizeOptions Quantize { get; set; } = new();

    /// <summary>How palettes are written.</summary>
    [ValidateObjectMembers]
    public WriteOptions Write { get; set; } = new();

    /// <summary>Dead letters that end the run: a count from 1, or a share such as <c>5%</c> of the movies read once
    /// 200 are read. Default: none, the run goes on.</summary>
    [RegularExpression(@"^([1-9][0-9]{0,17}|([1-9][0-9]?(\.[0-9]+)?|100|0\.[0-9]*[1-9][0-9]*)\s?%)$",
        ErrorMessage = "{0} must be a count from 1, such as 100, or a share, such as 5%.")]
    public string? MaxDeadLetters { get; set; }

    /// <summary>How long a drain may take before what is still in flight is dropped. Default: 25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>The options that a run depends on.</summary>
    internal RunOptions Run => new(Query, Fetch, Decode, Quantize, Write, DeadLetterLimit.Parse(MaxDeadLetters));

    /// <summary>The options of the catalogue.</summary>
    internal CatalogueOptions Catalogue => new(Query, Write, Quantize.PopulationColumn);
}
