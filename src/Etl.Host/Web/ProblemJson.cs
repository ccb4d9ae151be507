namespace Etl.Host.Web;

/// <summary>Why a request was not answered (RFC 9457).</summary>
internal sealed record ProblemJson(string Title, int Status);
