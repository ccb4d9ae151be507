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

    private static readonly CoverVersion Unversioned = new(Size: null, Modified: null, ETag: null);

    private readonly Option<string[]> _set = new("--set");

    public SandboxCommand()
        : base(CommandName, "Decodes a cover for another process.")
    {
        Hidden = true;
        Options.Add(_set);
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

            await DecodeAsync(output, Cover.Of(cover.GetBuffer().AsSpan(0, (int)cover.Length), Unversioned), options);
        }

        return ExitCodes.Done;
    }

    private static async Task DecodeAsync(Stream output, Cover cover, EtlOptions options)
    {
        ICoverDecoder decoder = HostProcess.Decorate(
            CoverFormats.CreateDecoder(options.Decode, Quantizers.Of(options.Quantize).Needs));
        try
        {
            var item = new Item<Cover>(new Movie(default, default), cover);
            using DecodedCover decoded = await decoder.DecodeAsync(
                item, Reservation.WithLimit(options.Decode.MemoryBudgetBytes), CancellationToken.None);
            SandboxAnswer.Write(output, decoded);
        }
        catch (Exception error)
        {
            Failure failure = Failure.Of(StageNames.Decode, error, version: null);
            SandboxAnswer.Write(output, failure.Reason, failure.Message);
        }
    }
}
