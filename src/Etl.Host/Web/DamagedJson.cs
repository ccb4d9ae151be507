namespace Etl.Host.Web;

/// <summary>A page of palettes that were made of damaged covers, the last that came first; <c>count</c> is all there are, <c>next</c>
/// the <c>after</c> of the next page, null when this is the last.</summary>
internal sealed record DamagedJson(long Count, IReadOnlyList<DamagedRowJson> Items, long? Next);
