using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Etl.Host.Configuration;
using Etl.Host.Recovery;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.Host.Commands;

/// <summary>The child that a run has decode a suspect cover: standard input is the cover, standard output the answer.</summary>
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
        // A signal to the whole group is its parent's to answer: whoever dies here is taken for a victim of the cover.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true);
        EtlOptions options = EtlConfiguration.OfDefaults(parsed.GetValue(_set) ?? []).Options;
        using var orphaned = new Timer(
            static _ => Process.GetCurrentProcess().Kill(), null, 2 * SandboxLimits.Of(options).Time, Timeout.InfiniteTimeSpan);

        Stream output = Console.OpenStandardOutput();
        await using (output)
        {
            output.WriteByte(1); // it has started; what happens from here on is the cover's doing
            await output.FlushAsync();
            using var cover = new MemoryStream();
            Stream input = Console.OpenStandardInput();
            await using (input)
            {
                await input.CopyToAsync(cover);
            }

            CoverDecoder decoder = CoverFormats.CreateDecoder(options.Decode, Quantizers.Of(options.Quantize).Needs);
            Answer(output, cover.GetBuffer().AsSpan(0, (int)cover.Length), decoder);
        }

        return ExitCodes.Done;
    }

    private static void Answer(Stream output, ReadOnlySpan<byte> bytes, CoverDecoder decoder)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        try
        {
            var cover = new Cover(data, Unversioned, reservation: null);
            Poison.TakeEffect(cover);
            using DecodedCover decoded = decoder.Decode(cover);
            SandboxAnswer.Write(output, decoded);
        }
        catch (Exception error)
        {
            Failure failure = Failure.Of(StageNames.Decode, error, version: null);
            SandboxAnswer.Write(output, failure.Reason, failure.Message);
        }
    }
}
