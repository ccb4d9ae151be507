using System.Runtime.CompilerServices;
using System.Text;

namespace Etl.Host.Commands;

/// <summary>A list of file names or URLs: one per line, or each ended by a NUL. Names are read on demand.</summary>
/// <param name="shown">The name of the list in messages.</param>
/// <param name="text">The list in UTF-8, or in UTF-16 with a byte order mark.</param>
/// <param name="separator">The character that ends a name: a line feed, before which a carriage return is dropped, or a NUL.</param>
internal sealed class NameList(string shown, Stream text, char separator)
{
    /// <summary>More than any system allows for a path.</summary>
    private const int MaxLength = 65_536;

    private const int BufferSize = 4_096;

    /// <exception cref="UserException">The file cannot be opened.</exception>
    public static Stream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string cause = error switch
            {
                _ when Directory.Exists(path) => "it is a folder",
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                _ => error.Message.TrimEnd('.'),
            };
            throw new UserException(ExitCodes.Refused, $"--files-from {Printable.Line(path)} cannot be read: {cause}.");
        }
    }

    /// <summary>The names in order, without those that are empty.</summary>
    /// <exception cref="UserException">A name is too long to be one.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken stopping)
    {
        using var reader = new StreamReader(text);
        char[] buffer = new char[BufferSize];
        var name = new StringBuilder();
        for (int read; (read = await reader.ReadAsync(buffer, stopping)) > 0;)
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(buffer, separator, start, read - start)) >= 0; start = end + 1)
            {
                name.Append(buffer, start, end - start);
                if (Take(name) is { Length: > 0 } taken)
                {
                    yield return taken;
                }
            }

            ThrowIfTooLong(name.Append(buffer, start, read - start));
        }

        if (Take(name) is { Length: > 0 } last)
        {
            yield return last;
        }
    }

    private string Take(StringBuilder name)
    {
        ThrowIfTooLong(name);
        string taken = name.ToString();
        name.Clear();
        return separator == '\n' && taken.EndsWith('\r') ? taken[..^1] : taken;
    }

    private void ThrowIfTooLong(StringBuilder name)
    {
        if (name.Length > MaxLength)
        {
            throw new UserException(
                ExitCodes.Failed,
                $"{Printable.Line(shown)} has a name of more than {MaxLength} characters. "
                + "Give one name per line, or end each with a NUL and add --null.");
        }
    }
}
