using Microsoft.Extensions.Options;

namespace PaletteEtl.Hosting;

/// <summary>All rules over options, for those who have them without a host.</summary>
internal static class OptionsValidation
{
    /// <summary>What is wrong with options, a sentence each.</summary>
    public static IReadOnlyList<string> Problems(EtlOptions options)
    {
        IValidateOptions<EtlOptions>[] validators = [new EtlOptionsValidator(), new EtlOptionsConsistency()];
        return [.. validators.SelectMany(validator => validator.Validate(null, options).Failures ?? [])];
    }

    /// <exception cref="OptionsValidationException">A rule is broken.</exception>
    public static void ThrowIfInvalid(EtlOptions options)
    {
        if (Problems(options) is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(nameof(EtlOptions), typeof(EtlOptions), problems);
        }
    }
}
