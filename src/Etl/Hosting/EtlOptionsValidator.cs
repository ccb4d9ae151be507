using Microsoft.Extensions.Options;

namespace PaletteEtl.Hosting;

/// <summary>Rules over a single option, as their attributes state them.</summary>
[OptionsValidator]
internal sealed partial class EtlOptionsValidator : IValidateOptions<EtlOptions>;
