using Etl.Host.Commands;
using Etl.Host.Configuration;
using PaletteEtl.Covers;

namespace Etl.Host.Recovery;

/// <summary>Decodes covers one by one, each in a process of its own with limits on time and memory.</summary>
/// <param name="options">The options of the decoder.</param>
/// <param name="clock">Limits the time.</param>
/// <param name="isTimed">Whether the child measures the time that decoding takes.</param>
internal sealed class SandboxDecoder(EtlOptions options, TimeProvider clock, bool isTimed = false) : ICoverDecoder
{
    private const string DecodeSection = "Etl:Decode", ColumnsSection = "Etl:Columns";
    private const int Killed = 128 + 9; // by SIGKILL, which no fault of a decoder raises

    private readonly string[] _arguments =
    [
        SandboxCommand.CommandName,
        .. isTimed ? [SandboxCommand.TimedOption] : Array.Empty<string>(),
        .. SettingsOf(options).SelectMany(static setting => new[] { "--set", setting }),
    ];

    public async ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken)
    {
        using (Cover cover = item.Value!)
        using (memory)
        {
            // The whole budget: the child takes as much, and nothing else is decoded meanwhile.
            await memory.TakeAsync(memory.Limit, cancellationToken).ConfigureAwait(false);
            if (await TryDecodeAsync(cover, cancellationToken).ConfigureAwait(false) is { } decoded)
            {
                return decoded;
            }

            // The system may have run out of memory. This process returns what it does not use, and the child is tried once more.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return await TryDecodeAsync(cover, cancellationToken).ConfigureAwait(false) ?? throw new CoverException(
                FailureReason.Memory,
                "The process that decoded the cover was killed twice, probably because memory ran out. Run again with more memory.");
        }
    }

    /// <summary>Decodes a cover in a child; null if the child was killed from outside, which proves nothing about the cover.</summary>
    /// <exception cref="CoverException">The cover failed, or the child crashed over it.</exception>
    private async Task<DecodedCover?> TryDecodeAsync(Cover cover, CancellationToken cancellationToken)
    {
        using var process = SandboxProcess.Start(_arguments, SandboxLimits.Of(options), clock);
        try
        {
            return SandboxAnswer.Read(await process.DecodeAsync(cover.Data.Memory, cancellationToken).ConfigureAwait(false));
        }
        catch (EndOfStreamException)
        {
            int exitCode = await process.ExitCodeAsync().ConfigureAwait(false);
            return !OperatingSystem.IsWindows() && exitCode == Killed
                ? null
                : throw new CoverException(FailureReason.Crashed, $"Decoding the cover crashed its process (exit code {exitCode}).");
        }
    }

    /// <summary>The options that the child's decoder depends on, as settings of the command line.</summary>
    private static IEnumerable<string> SettingsOf(EtlOptions options) =>
    [
        .. SettingsOf(DecodeSection, options.Decode),
        .. SettingsOf(ColumnsSection, options.Columns),
        $"Etl:Quantize:Algorithm={options.Quantize.Algorithm}",
    ];

    private static IEnumerable<string> SettingsOf(string section, object options) =>
        from option in EtlOption.All
        where option.SectionPath == section
        let value = OptionText.Format(option.Property.GetValue(options))
        where value is not null
        select $"{option.Path}={value}";
}
