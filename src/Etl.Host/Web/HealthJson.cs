namespace Etl.Host.Web;

/// <summary>What <c>/health/ready</c> and <c>/health/live</c> answer with.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Problems">What is wrong, a line each.</param>
internal sealed record HealthJson(string Status, IReadOnlyList<string> Problems);

/// <summary>Why a request was not answered (RFC 9457).</summary>
internal sealed record ProblemJson(string Title, int Status);
