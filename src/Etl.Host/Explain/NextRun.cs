using PaletteEtl.Catalogue;

namespace Etl.Host.Explain;

/// <summary>The action of the next run for a row, and its reason.</summary>
/// <param name="Action">The action.</param>
/// <param name="Message">The same with the reason, as the end of a sentence that begins with "the next run".</param>
internal sealed record NextRun(RunAction Action, string Message)
{
    /// <summary>Foresees the next run.</summary>
    /// <param name="facts">The row and its cover.</param>
    /// <param name="query">The options that choose movies.</param>
    /// <param name="hasWorkers">Whether other machines fetch the covers.</param>
    public static NextRun Of(RowFacts facts, QueryOptions query, bool hasWorkers)
    {
        MovieRow row = facts.Row;
        return !row.IsMovie ? Leaves("its row does not pass Etl:Query:Where")
            : row.Read is not { } movie ? Leaves(WhyUnread(facts, query))
            : facts.IsUnchanged ? Leaves(WhyUnchanged(movie))
            : facts.Cover.Content is { } content && movie.Provenance?.IsOf(content) == true
                ? Leaves("its palette is current: the content of the cover has not changed")
            : hasWorkers && facts.Cover.Failure is { Stage: StageNames.Fetch }
                ? new NextRun(RunAction.Send, $"sends it to a worker: {WhyRead(facts, movie)}. This process cannot read the cover; a worker may")
            : facts.Cover.Failure is { } failure ? Fails(facts, movie, failure)
            : movie.StoredPalette is not null ? new NextRun(RunAction.Complete, $"fills in the missing columns: {MissingColumns(facts.Row)}")
            : movie.Provenance is null ? new NextRun(RunAction.Make, $"makes its palette: {WhyRead(facts, movie)}")
            : new NextRun(RunAction.MakeAgain, $"makes its palette again: {WhyRead(facts, movie)}");
    }

    private static string MissingColumns(MovieRow row) =>
        string.Join(", ", row.Columns.Where(static column => column.Value is null or "").Select(static column => column.Key));

    private static NextRun Leaves(string why) => new(RunAction.Leave, $"leaves it: {why}");

    private static NextRun Fails(RowFacts facts, Movie movie, Failure failure) => new(
        RunAction.Fail,
        $"tries it, because {WhyRead(facts, movie)}, and it fails: {failure.Reason.Name()}{(movie.Provenance is null ? "" : ". The palette stays")}");

    /// <summary>Why a run does not read a row that has a value in place of a missing palette.</summary>
    private static string WhyUnread(RowFacts facts, QueryOptions query) => facts switch
    {
        { Row.State: PaletteState.Unreadable } => "its value is no palette; 'etl reset --unreadable' empties it",
        { Row.Provenance: null } => "another program, or an earlier version, wrote the palette",
        { Row.Provenance.IsOfPalette: false } => "another program wrote the palette",
        { IsSettingsStale: true } => WhyNotRefreshed("settings differ", "settings", query),
        { IsCoverStale: true } => WhyNotRefreshed("the cover has changed", "covers", query),
        { IsCoverStale: null } => $"its palette is there; the cover cannot be compared, and Etl:Query:Refresh is {query.Refresh}",
        _ => "its palette is current",
    };

    private static string WhyNotRefreshed(string difference, string kind, QueryOptions query) =>
        $"{difference}, but Etl:Query:Refresh is {query.Refresh}; 'etl run --stale {kind}' makes it again";

    private static string WhyUnchanged(Movie movie) => movie.Previous is { Stands: true } failed
        ? $"it failed permanently ({failed.Reason.Name()}){(failed.Version is null ? "" : " with this version of the cover")}"
        : "its palette is current: the cover has not changed";

    private static string WhyRead(RowFacts facts, Movie movie) => movie switch
    {
        { StoredPalette: not null } => "a column beside the palette is missing",
        { Provenance: null, Previous.Attempts: 0 } => "it is missing, and a retry was requested",
        { Provenance: null, Previous: { Attempts: > 0, Stands: false } } => $"it is missing, and {movie.Previous.Reason.Name()} may pass",
        { Provenance: null, Previous.Stands: true } when facts.Cover.Content is not null => "it is missing, and the cover has changed since it failed",
        { Provenance: null } => "it is missing",
        { Provenance.IsOutdated: true } when facts.Row.Provenance is { IsOfPalette: true } => "settings differ",
        { Provenance.IsOutdated: true } => "Etl:Query:Adopt replaces palettes of other programs",
        _ when facts.IsCoverStale == true => "the cover has changed",
        _ => "the cover may have changed",
    };
}
