using Etl.Decode;
using Etl.Fetch;
using Etl.Pipeline;
using Etl.Quantize;

namespace Etl.Benchmarks;

/// <summary><c>quality</c>: how well palettes stand for their covers, and what they take of a core, in each mode of palettes
/// and of scale. The modes take turns at every cover.</summary>
internal static class Quality
{
    private const int Rounds = 5;

    /// <param name="arguments">A folder of covers; otherwise drawn ones are used.</param>
    public static void Run(string[] arguments)
    {
        using var catalogues = new Catalogues();
        string[] covers = catalogues.Covers(arguments.FirstOrDefault());
        Mode[] modes =
        [
            new("ColorThief, full", QuantizeAlgorithm.ColorThief, DecodeScale.Full),
            new("Oklab, full", QuantizeAlgorithm.Oklab, DecodeScale.Full),
            new("Oklab, auto", QuantizeAlgorithm.Oklab, DecodeScale.Auto),
        ];
        foreach (IGrouping<CoverFormat, string> same in covers.GroupBy(path => CoverSignature.Sniff(File.ReadAllBytes(path))).OrderBy(same => same.Key))
        {
            Measure($"{same.Count()} {same.Key.Name()}", [.. same], modes);
        }

        Measure($"{covers.Length} covers", covers, modes);
    }

    private static void Measure(string what, string[] covers, Mode[] modes)
    {
        Array.ForEach(modes, mode => mode.Clear());
        foreach (string path in covers)
        {
            byte[] bytes = File.ReadAllBytes(path);
            using Cover cover = CoverOf(bytes);
            var error = new PaletteError(cover);
            foreach (Mode mode in modes)
            {
                mode.Error += error.Of(mode.Run(bytes)) / covers.Length;
            }
        }

        for (int round = 0; round < Rounds; round++)
        {
            Array.ForEach(modes, mode => mode.Begin());
            foreach (string path in covers)
            {
                byte[] bytes = File.ReadAllBytes(path);
                Array.ForEach(modes, mode => mode.Run(bytes));
            }

            Array.ForEach(modes, mode => mode.End(covers.Length));
        }

        Console.WriteLine($"{what}, medians of {Rounds} rounds");
        Array.ForEach(modes, mode => Console.WriteLine(mode.Against(modes[0])));
    }

    private static Cover CoverOf(byte[] bytes)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        return new Cover(data, new CoverVersion(null, null, null), reservation: null);
    }

    /// <summary>One way to a palette, and what it came to.</summary>
    private sealed class Mode(string name, QuantizeAlgorithm algorithm, DecodeScale scale)
    {
        private readonly CoverDecoder _decoder = new(new DecodeOptions { Scale = scale }, algorithm);
        private readonly IQuantizer _quantizer = Quantizers.Of(new QuantizeOptions { Algorithm = algorithm });
        private readonly List<(double Whole, double Quantize)> _rounds = [];
        private TimeSpan _whole;
        private TimeSpan _quantize;

        /// <summary>The mean palette error.</summary>
        public double Error { get; set; }

        public void Clear()
        {
            Error = 0;
            _rounds.Clear();
        }

        public void Begin() => (_whole, _quantize) = (default, default);

        public Palette Run(byte[] bytes)
        {
            Cover cover = CoverOf(bytes);
            TimeSpan started = Environment.CpuUsage.TotalTime;
            using ColorHistogram histogram = _decoder.Decode(cover);
            TimeSpan decoded = Environment.CpuUsage.TotalTime;
            Palette palette = _quantizer.Quantize(histogram);
            TimeSpan ended = Environment.CpuUsage.TotalTime;
            _quantize += ended - decoded;
            _whole += ended - started;
            return palette;
        }

        public void End(int covers) => _rounds.Add((_whole.TotalMilliseconds / covers, _quantize.TotalMicroseconds / covers));

        public string Against(Mode other)
        {
            double[] ratios = [.. _rounds.Zip(other._rounds, (mine, its) => its.Whole / mine.Whole).Order()];
            return $"  {name,-17} error {Error:0.00}   {Median(round => round.Whole):0.00} ms of CPU a cover, "
                + $"of which quantize {Median(round => round.Quantize):0} us   {ratios[Rounds / 2]:0.00} times as fast";
        }

        private double Median(Func<(double Whole, double Quantize), double> of) => _rounds.Select(of).Order().ElementAt(Rounds / 2);
    }
}
