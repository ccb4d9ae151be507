namespace Etl.Host.Run;

/// <summary>Reading a file blocks a thread of the pool, which starts with one a core: decoders would wait for it.</summary>
internal static class BlockedReads
{
    public static void LetThemHaveThreads(EtlOptions options)
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        int wanted = options.Fetch.Workers + options.Decode.Workers + options.Quantize.Workers + 2;
        ThreadPool.SetMinThreads(Math.Max(workers, wanted), completions);
    }
}
