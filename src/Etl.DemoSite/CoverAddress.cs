using Etl.Demo;

namespace Etl.DemoSite;

/// <summary>Draws the cover of a movie, after the delay of a network. One in ten is missing or broken.</summary>
internal static class CoverAddress
{
    private const int MinDelay = 20, MaxDelay = 300; // milliseconds

    public static async Task<IResult> GetAsync(int number)
    {
        await Task.Delay(Random.Shared.Next(MinDelay, MaxDelay));
        if (Random.Shared.Next(20) == 0)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable); // the next request succeeds
        }

        ReadOnlySpan<byte> cover = DemoCover.Encode(DemoMovie.At(number), movies: 0);
        return (number % 30) switch
        {
            9 => Results.NotFound(),
            19 => Results.Bytes(cover[..(cover.Length / 2)].ToArray(), "image/jpeg"),
            29 => Results.Content("<!DOCTYPE html><title>Sign in</title>", "text/html"),
            _ => Results.Bytes(cover.ToArray(), "image/jpeg"),
        };
    }
}
