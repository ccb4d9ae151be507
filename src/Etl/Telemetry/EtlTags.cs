namespace PaletteEtl.Telemetry;

/// <summary>The names of tags.</summary>
internal static class EtlTags
{
    public const string Pipeline = "etl.pipeline";
    public const string Stage = "etl.stage";
    public const string ErrorType = "error.type";
    public const string Outcome = "outcome";
    public const string BatchTrigger = "etl.batch.trigger";
    public const string Full = "full";
    public const string Interval = "interval";
    public const string End = "end";
    public const string MovieId = "etl.movie.id";
    public const string State = "state";
    public const string Attempt = "etl.attempt";
    public const string First = "first";
    public const string Retry = "retry";
    public const string CatalogueState = "etl.catalogue.state";
    public const string ServiceState = "etl.service.state";
    public const string Check = "etl.check";
    public const string Busy = "busy";
    public const string Blocked = "blocked";
    public const string Starved = "starved";
}
