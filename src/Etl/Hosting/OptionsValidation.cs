using Microsoft.Extensions.Options;

namespace PaletteEtl.Hosting;

/// <summary>Applies all rules to options that are used without a host.</summary>
internal static class OptionsValidation
{
    /// <summary>Problems with the options, one sentence each.</summary>
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
