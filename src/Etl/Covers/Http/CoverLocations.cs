namespace PaletteEtl.Covers.Http;

/// <summary>Checks whether a location of covers is available: a folder that is not empty, or a server that responds.</summary>
/// <param name="options">The locations.</param>
/// <param name="createClient">Creates a client of cover servers.</param>
internal sealed class CoverLocations(FetchOptions options, Func<HttpClient> createClient)
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Why no location is available, in a sentence; null when one is.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (LocationTemplate location in options.Locations.Select(static text => new LocationTemplate(text)))
        {
            string? problem = location.IsUrl ? await ProblemOfServerAsync(location, cancellationToken).ConfigureAwait(false) : ProblemOfFolder(location.Folder);
            if (problem is null)
            {
                return null;
            }

            problems.Add($"{LocationTemplate.Shown(location.ToString())} ({problem})");
        }

        return $"No location of covers is available: {string.Join(", ", problems)}. Check Etl:Fetch:Locations.";
    }

    /// <summary>A folder without files is the mount point of a disk that is not mounted.</summary>
    private static string? ProblemOfFolder(string folder)
    {
        try
        {
            return !Directory.Exists(folder) ? "the folder does not exist"
                : !Directory.EnumerateFileSystemEntries(folder).Any() ? "the folder is empty"
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "the folder cannot be read";
        }
    }

    /// <summary>Any response will do, because the address without a movie is no cover.</summary>
    private async Task<string?> ProblemOfServerAsync(LocationTemplate location, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ResponseTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(new Uri(location.Prefix), "/"));
            using HttpResponseMessage response = await createClient()
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return "the server does not respond";
        }
    }
}
