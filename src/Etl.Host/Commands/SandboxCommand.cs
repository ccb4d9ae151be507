using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Etl.Host.Configuration;
using Etl.Host.Recovery;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary>The child that decodes a suspect cover for a run: the cover is standard input, the result standard output.</summary>
internal sealed class SandboxCommand : EtlCommand
{
    public const string CommandName = "decode-suspect";

    /// <summary>The option that has the time of decoding measured.</summary>
    public const string TimedOption = "--timed";

    /// <summary>A cover that takes less time is decoded once more: most of that time is for compiling the decoder.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static readonly CoverVersion Unversioned = new(Size: null, Modified: null, ETag: null);

    private readonly Option<string[]> _set = new("--set");

    private readonly Option<bool> _timed = new(TimedOption);

    public SandboxCommand()
        : base(CommandName, "Decodes a cover for another process.")
    {
        Hidden = true;
        Options.Add(_set);
        Options.Add(_timed);
    }

    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        // The parent handles a signal to the whole group: a child that ends would count as crashed by the cover.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, static context => context.Cancel = true);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true);
        EtlOptions options = EtlConfiguration.OfDefaults(parsed.GetValue(_set) ?? []).Options;
        using var orphaned = new Timer(
            static _ => Process.GetCurrentProcess().Kill(), null, 2 * SandboxLimits.Of(options).Time, Timeout.InfiniteTimeSpan);

        Stream output = Console.OpenStandardOutput();
        await using (output)
        {
            output.WriteByte(1); // started: any later failure is caused by the cover
            await output.FlushAsync();
            using var cover = new MemoryStream();
            Stream input = Console.OpenStandardInput();
            await using (input)
            {
                await input.CopyToAsync(cover);
            }

            await DecodeAsync(output, cover.GetBuffer().AsMemory(0, (int)cover.Length), options, parsed.GetValue(_timed));
        }

        return ExitCodes.Done;
    }

    private static async Task DecodeAsync(Stream output, ReadOnlyMemory<byte> cover, EtlOptions options, bool isTimed)
    {
        ICoverDecoder decoder = HostProcess.Decorate(
            CoverFormats.CreateDecoder(options.Decode, options.NeedsOf(Quantizers.Of(options.Quantize))));
        try
        {
            using DecodedCover decoded = await DecodeAsync(decoder, cover, options);
            if (isTimed && decoded.Decoding.Elapsed < Short)
            {
                using DecodedCover again = await DecodeAsync(decoder, cover, options);
                SandboxAnswer.Write(output, again);
                return;
            }

            SandboxAnswer.Write(output, decoded);
        }
        catch (Exception error)
        {
            Failure failure = Failure.Of(StageNames.Decode, error, version: null);
            SandboxAnswer.Write(output, failure.Reason, failure.Message);
        }
    }

    private static async Task<DecodedCover> DecodeAsync(ICoverDecoder decoder, ReadOnlyMemory<byte> cover, EtlOptions options)
    {
        var item = new Item<Cover>(new Movie(default, default), Cover.Of(cover.Span, Unversioned));
        long started = Stopwatch.GetTimestamp();
        DecodedCover decoded = await decoder.DecodeAsync(
            item, Reservation.WithLimit(options.Decode.MemoryBudgetBytes), CancellationToken.None);
        return decoded with { Decoding = decoded.Decoding with { Elapsed = Stopwatch.GetElapsedTime(started) } };
    }
}
