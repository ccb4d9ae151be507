using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Columns;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;

namespace PaletteEtl.Hosting;

/// <summary>Options of the pipeline.</summary>
/// <remarks>Bound from the configuration section <c>Etl</c>.</remarks>
public sealed class EtlOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Etl";

    /// <inheritdoc cref="QueryOptions"/>
    [ValidateObjectMembers]
    public QueryOptions Query { get; set; } = new();

    /// <inheritdoc cref="FetchOptions"/>
    [ValidateObjectMembers]
    public FetchOptions Fetch { get; set; } = new();

    /// <inheritdoc cref="DecodeOptions"/>
    [ValidateObjectMembers]
    public DecodeOptions Decode { get; set; } = new();

    /// <inheritdoc cref="QuantizeOptions"/>
    [ValidateObjectMembers]
    public QuantizeOptions Quantize { get; set; } = new();

    /// <inheritdoc cref="ColumnOptions"/>
    [ValidateObjectMembers]
    public ColumnOptions Columns { get; set; } = new();

    /// <inheritdoc cref="WriteOptions"/>
    [ValidateObjectMembers]
    public WriteOptions Write { get; set; } = new();

    /// <summary>Number of dead letters that ends a run: a count from 1, or a share such as <c>5%</c> of the movies read, once
    /// 200 are read. If not set, dead letters never end a run. Default: not set.</summary>
    [RegularExpression(@"^([1-9][0-9]{0,17}|([1-9][0-9]?(\.[0-9]+)?|100|0\.[0-9]*[1-9][0-9]*)\s?%)$",
        ErrorMessage = "{0} must be a count from 1, such as 100, or a share, such as 5%.")]
    public string? MaxDeadLetters { get; set; }

    /// <summary>Time limit of a drain; movies still in flight are then dropped. Range: 0 to 1 day. Default: 25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <inheritdoc cref="EtlServiceOptions"/>
    [ValidateObjectMembers]
    public EtlServiceOptions Service { get; set; } = new();

    /// <summary>The options that a run depends on.</summary>
    internal RunOptions Run => new(Query, Fetch, Decode, Quantize, Write, DeadLetterLimit.Parse(MaxDeadLetters), DrainTimeout);

    /// <summary>The options of the catalogue.</summary>
    internal CatalogueOptions Catalogue => CatalogueOf(Quantizers.Of(Quantize));

    /// <summary>The options of the catalogue of palettes that a quantizer makes.</summary>
    internal CatalogueOptions CatalogueOf(IQuantizer quantizer) => new(
        Query, Write, CoverColumns, $"{quantizer.Fingerprint} {Sampling.Fingerprint(Decode, quantizer.Needs)}");

    /// <summary>The columns that are filled in beside the palette.</summary>
    internal IReadOnlyList<CoverColumn> CoverColumns => PaletteEtl.Columns.CoverColumns.Of(Columns, Quantize.PopulationColumn);

    /// <summary>The data that a quantizer and the columns need from decoding.</summary>
    internal Needs NeedsOf(IQuantizer quantizer) => PaletteEtl.Columns.CoverColumns.NeedsOf(CoverColumns, quantizer.Needs);
}
