namespace PaletteEtl.Covers.Http;

/// <summary>Covers on a web server, at URLs named by movie.</summary>
internal sealed class HttpLocation(LocationTemplate template, CoverClient client) : CoverLocation(template)
{
    private const int MostCharacters = 65_519;

    private readonly Uri _server = new(template.Prefix);

    public override string? Problem() => client.ProblemOf(_server);

    protected override ValueTask<FetchResult> TryFetchAsync(
        string place, Movie movie, Reservation memory, CancellationToken cancellationToken) => place.Length <= MostCharacters
        ? client.GetAsync(new Uri(place), movie.KnownVersion, memory, cancellationToken)
        : throw TooLong("a URL");
}
