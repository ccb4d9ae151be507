namespace Etl.Host.Web;

/// <summary>A palette that was made of a damaged cover, and when it was written.</summary>
internal sealed record DamagedRowJson(long Key, string Id, string Message, string At);
