namespace Etl.PoisonedHost;

/// <summary>The program <c>etl</c> with decoders that some covers bring down: no known file crashes the real ones.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => Host.Program.StartAsync(args, static decoder => new PoisonedDecoder(decoder));
}
