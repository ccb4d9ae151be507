using System.Globalization;
using System.Text;

namespace Etl.Cluster.Messages;

/// <summary>A movie's row and id as one text, the same in every run; never read back.</summary>
internal static class MovieKey
{
    public static string Of(Movie movie)
    {
        var key = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{movie.Key.Number}");
        foreach (object part in movie.Key.Values ?? [])
        {
            Append(key, part);
        }

        return Append(key, movie.Id.Stored).ToString();
    }

    /// <summary>A value with its type and, where it may be anything, its length: no two rows have the same text.</summary>
    private static StringBuilder Append(StringBuilder key, object? value) => value switch
    {
        long number => key.Append(CultureInfo.InvariantCulture, $" i{number}"),
        double number => key.Append(CultureInfo.InvariantCulture, $" r{number:R}"),
        byte[] bytes => key.Append(CultureInfo.InvariantCulture, $" x{bytes.Length}:{Convert.ToHexStringLower(bytes)}"),
        string text => key.Append(CultureInfo.InvariantCulture, $" t{text.Length}:{text}"),
        _ => key.Append(" n"),
    };
}
