using Etl.Host.Commands;
using Etl.Host.Configuration;
using PaletteEtl.Covers;

namespace Etl.Host.Recovery;

/// <summary>Decodes covers one by one, each in a process of its own with limits on time and memory.</summary>
/// <param name="options">The options of the decoder.</param>
/// <param name="clock">Limits the time.</param>
internal sealed class SandboxDecoder(EtlOptions options, TimeProvider clock) : ICoverDecoder
{
    private const string DecodeSection = "Etl:Decode";

    private readonly string[] _arguments =
    [
        SandboxCommand.CommandName,
        .. SettingsOf(options).SelectMany(static setting => new[] { "--set", setting }),
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

    /// <summary>The options of the child's decoder, as settings of the command line.</summary>
    private static IEnumerable<string> SettingsOf(EtlOptions options) =>
    [
        .. from option in EtlOption.All
           where option.SectionPath == DecodeSection
           let value = OptionText.Format(option.Property.GetValue(options.Decode))
           where value is not null
           select $"{option.Path}={value}",
        $"Etl:Quantize:Algorithm={options.Quantize.Algorithm}",
    ];
}
