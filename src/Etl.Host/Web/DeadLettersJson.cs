namespace Etl.Host.Web;

/// <summary>A page of dead letters, the last that came first; <c>count</c> is all there are, or all with the reason asked for,
/// <c>next</c> what to ask for as <c>after</c> for the next page, null when this is the last.</summary>
internal sealed record DeadLettersJson(
    long Count, IReadOnlyList<ReasonJson> Reasons, IReadOnlyList<DeadLetterRowJson> Items, long? Next);
