using Etl.Host.Commands;
using Etl.Host.Configuration;
using PaletteEtl.Covers;

namespace Etl.Host.Recovery;

/// <summary>Decodes covers one by one, each in a process of its own with limits on time and memory.</summary>
internal sealed class SandboxDecoder(EtlConfiguration configuration, EtlOptions options, TimeProvider clock) : ICoverDecoder
{
    private readonly string[] _arguments =
    [
        SandboxCommand.CommandName,
        .. configuration.Settings
            .Where(setting => setting.Value is not null && IsForDecoder(setting.Path))
            .SelectMany(setting => new[] { "--set", $"{setting.Path}={setting.Value}" }),
    ];

    public async ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken)
    {
        using (Cover cover = item.Value!)
        using (memory)
        {
            // The whole budget: the child takes as much, and nothing else is decoded meanwhile.
            await memory.TakeAsync(memory.Limit, cancellationToken).ConfigureAwait(false);
            using var process = SandboxProcess.Start(_arguments, SandboxLimits.Of(options), clock);
            try
            {
                return SandboxAnswer.Read(await process.DecodeAsync(cover.Data.Memory, cancellationToken).ConfigureAwait(false));
            }
            catch (EndOfStreamException)
            {
                throw await process.CrashedAsync().ConfigureAwait(false);
            }
        }
    }

    private static bool IsForDecoder(string option) =>
        option.StartsWith("Etl:Decode:", StringComparison.Ordinal) || option == "Etl:Quantize:Algorithm";
}
