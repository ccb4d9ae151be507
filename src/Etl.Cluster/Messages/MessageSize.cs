namespace Etl.Cluster.Messages;

/// <summary>Keeps messages small enough for any broker and client.</summary>
internal static class MessageSize
{
    /// <summary>Size that a message of several movies may have. RabbitMQ 4 refuses messages of 16 MiB by default.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Writes movies in as few messages as their sizes allow: halves what is too large, down to single movies.</summary>
    /// <param name="movies">The movies of one message, if they fit.</param>
    /// <param name="write">Writes a message.</param>
    /// <param name="maxBytes">Maximum size of a message of several movies.</param>
    /// <returns>The messages with their movies.</returns>
    public static IEnumerable<(T[] Movies, TMessage Message)> Split<T, TMessage>(
        T[] movies, Func<T[], (TMessage Message, int Bytes)> write, int maxBytes = MaxBytes)
    {
        (TMessage message, int bytes) = write(movies);
        if (bytes <= maxBytes || movies.Length <= 1)
        {
            return [(movies, message)];
        }

        int half = movies.Length / 2;
        return Split(movies[..half], write, maxBytes).Concat(Split(movies[half..], write, maxBytes));
    }
}
