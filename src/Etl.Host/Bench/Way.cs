using Etl.Host.Configuration;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.Host.Bench;

/// <summary>One way from covers to palettes, and what is measured of it.</summary>
internal sealed class Way
{
    private readonly BareLoop _loop;

    /// <param name="decoder">The name of the JPEG decoder.</param>
    /// <param name="folder">The covers.</param>
    /// <param name="settings">The settings that differ from the defaults.</param>
    private Way(string decoder, BenchFolder folder, params string[] settings)
    {
        EtlOptions options = EtlConfiguration.OfDefaults(settings).Options;
        Mode = options.Quantize.Algorithm;
        Decoder = decoder;
        _loop = new BareLoop(options, folder);
        int covers = folder.Covers.Count;
        OneCore = new Measurement("one core", covers, _loop.RunSerialAsync);
        AllCores = new Measurement("all cores", covers, _loop.RunParallelAsync);
        Pipeline = new Measurement(
            "pipeline", covers, (passes, stopping) => PipelineRun.MeasureAsync(settings, folder, passes, export: null, stopping));
    }

    public QuantizeAlgorithm Mode { get; }

    public string Decoder { get; }

    /// <summary>Covers one after the other.</summary>
    public Measurement OneCore { get; }

    /// <summary>As many covers at once as there are cores, without a graph and a database.</summary>
    public Measurement AllCores { get; }

    /// <summary>The pipeline with a database.</summary>
    public Measurement Pipeline { get; }

    public IEnumerable<Measurement> Measurements => [OneCore, AllCores, Pipeline];

    /// <summary>The mean <see cref="Bench.PaletteError"/> of the covers.</summary>
    public double PaletteError { get; set; }

    /// <summary>The ways that this machine has.</summary>
    public static IEnumerable<Way> On(BenchFolder folder)
    {
        const string Oklab = "Etl:Quantize:Algorithm=Oklab", NoTurboJpeg = "Etl:Decode:TurboJpeg=Never";
        yield return new("SkiaSharp", folder, NoTurboJpeg);
        if (LibTurboJpeg.IsPresent)
        {
            yield return new("libturbojpeg", folder);
        }

        yield return new("SkiaSharp", folder, Oklab, NoTurboJpeg, "Etl:Decode:DcReader=false");
        yield return new("DC reader", folder, Oklab, NoTurboJpeg);
    }

    public Palette PaletteOf(string path) => _loop.PaletteOf(path);

    public override string ToString() => $"{Mode} with {Decoder}";
}
