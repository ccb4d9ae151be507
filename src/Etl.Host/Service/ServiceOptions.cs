using System.ComponentModel.DataAnnotations;
using PaletteEtl.Service;

namespace Etl.Host.Service;

/// <summary>Options of the endpoints of <c>etl serve</c>.</summary>
/// <remarks>Bound from the configuration section <c>Etl:Service</c>, which also has the <see cref="EtlServiceOptions"/>.</remarks>
internal sealed class ServiceOptions
{
    public const string Section = "Etl:Service";

    /// <summary>Addresses of the page and the endpoints of <c>etl serve</c>, separated by semicolons. Addresses that other
    /// machines can reach require <see cref="ApiKey"/>. Default: <c>http://127.0.0.1:5080</c>.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>API key that requests with changes must send as <c>X-Api-Key</c>. The value is never shown. If not set, no
    /// key is required. Default: not set.</summary>
    [MinLength(1)] // the expression is not asked about an empty text
    [RegularExpression("^[!-~]{16,}$", ErrorMessage = "{0} must be 16 or more letters, digits and signs, without spaces.")]
    public string? ApiKey { get; set; }
}
