using BenchmarkDotNet.Running;

namespace Etl.Benchmarks;

/// <summary>Without a known word, BenchmarkDotNet's own command line.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["exporting", .. var rest]:
                await ExportingCost.RunAsync(rest);
                return 0;
            case ["write", .. var rest]:
                WriteSpeed.Run(rest);
                return 0;
            case ["read", .. var rest]:
                ReadSpeed.Run(rest);
                return 0;
            case ["similar", .. var rest]:
                SimilarSpeed.Run(rest);
                return 0;
            case ["reencode", .. var rest]:
                Reencode.Run(rest);
                return 0;
            case ["similar-quality", .. var rest]:
                SimilarQuality.Run(rest);
                return 0;
            case ["score", .. var rest]:
                Score.Run(rest);
                return 0;
            case ["dc", .. var rest]:
                DcSpeed.Run(rest);
                return 0;
            case ["handles", .. var rest]:
                await HandleSpeed.RunAsync(rest);
                return 0;
            case ["fetch-width", .. var rest]:
                await FetchWidth.RunAsync(rest);
                return 0;
            case ["decoders", .. var rest]:
                DecoderSpeed.Run(rest);
                return 0;
            case ["columns", .. var rest]:
                ColumnCost.Run(rest);
                return 0;
            case ["memory", .. var rest]:
                await MemoryUse.RunAsync(rest);
                return 0;
            case ["processes", .. var rest]:
                await ProcessSpeed.RunAsync(rest);
                return 0;
            case ["listeners", .. var rest]:
                await ListenerCost.RunAsync(rest);
                return 0;
            case ["coordinate", .. var rest]:
                await ClusterSpeed.CoordinateAsync(rest);
                return 0;
            case ["work", .. var rest]:
                await ClusterSpeed.WorkAsync(rest);
                return 0;
            case ["unequal", .. var rest]:
                await UnequalSpeed.RunAsync(rest);
                return 0;
            case ["expose", .. var rest]:
                await Exposition.RunAsync(rest);
                return 0;
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
                return 0;
        }
    }
}
