using Microsoft.Extensions.Options;

namespace Etl;

/// <summary>Rules over a single option, as their attributes state them.</summary>
[OptionsValidator]
internal sealed partial class EtlOptionsValidator : IValidateOptions<EtlOptions>;
