namespace Etl.Tests.Support;

/// <summary>The behaviour of a fake for a movie before it answers: nothing, wait, or throw.</summary>
internal delegate ValueTask Script(int movie, CancellationToken cancellationToken);

internal static class Scripts
{
    public static Script Nothing { get; } = static (_, _) => ValueTask.CompletedTask;

    /// <summary>Throws for some movies.</summary>
    public static Script FailFor(Func<int, bool> which, Func<Exception> error) =>
        (movie, _) => which(movie) ? ValueTask.FromException(error()) : ValueTask.CompletedTask;

    /// <summary>Holds back every movie until a gate opens.</summary>
    public static Script WaitAt(Gate gate) => async (_, cancellationToken) => await gate.PassAsync(cancellationToken);

    /// <summary>Holds back one movie until a gate opens.</summary>
    public static Script WaitAt(Gate gate, int movie) =>
        async (candidate, cancellationToken) =>
        {
            if (candidate == movie)
            {
                await gate.PassAsync(cancellationToken);
            }
        };
}
