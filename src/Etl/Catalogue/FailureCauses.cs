using System.Text;

namespace PaletteEtl.Catalogue;

/// <summary>Groups dead letters by their cause: stage, reason, and message without what differs from movie to movie.</summary>
internal sealed class FailureCauses
{
    /// <summary>Maximum number of messages that are causes of their own; the others are one cause for each stage and reason.</summary>
    private const int MaxMessages = 1_000;

    private const char Id = '…', Number = '#';

    private readonly Dictionary<(string Stage, string Reason, string Key), Group> _groups = [];

    /// <summary>Number of causes.</summary>
    public int Count => _groups.Count;

    /// <summary>Adds a dead letter.</summary>
    /// <param name="stage">The stage that failed.</param>
    /// <param name="reason">The name of the reason.</param>
    /// <param name="message">The message.</param>
    /// <param name="id">The id of the movie as a text; null when it has none.</param>
    /// <param name="firstAt">The time of its first failure.</param>
    public void Add(string stage, string reason, string message, string? id, DateTimeOffset? firstAt)
    {
        string shown = WithoutId(message, id);
        string key = WithoutNumbers(shown);
        if (_groups.Count >= MaxMessages && !_groups.ContainsKey((stage, reason, key)))
        {
            shown = key = "Other messages.";
        }

        if (!_groups.TryGetValue((stage, reason, key), out Group? group))
        {
            _groups[(stage, reason, key)] = group = new Group(shown);
        }

        group.Count++;
        group.Message = group.Message == shown ? shown : key;
        group.Since = firstAt < group.Since || group.Since is null ? firstAt : group.Since;
    }

    /// <summary>The causes of the most dead letters, the most frequent first.</summary>
    public IReadOnlyList<FailureCause> Top(int count) =>
    [
        .. _groups
            .Select(static one => new FailureCause(one.Key.Stage, one.Key.Reason, one.Value.Message, one.Value.Count, one.Value.Since))
            .OrderByDescending(static cause => cause.Count).ThenBy(static cause => cause.Since).ThenBy(static cause => cause.Message, StringComparer.Ordinal)
            .Take(count),
    ];

    /// <summary>A message without the id, where the id stands by itself.</summary>
    private static string WithoutId(string message, string? id)
    {
        if (string.IsNullOrEmpty(id) || !message.Contains(id, StringComparison.Ordinal))
        {
            return message;
        }

        var text = new StringBuilder(message.Length);
        int from = 0;
        for (int at; (at = message.IndexOf(id, from, StringComparison.Ordinal)) >= 0;)
        {
            int end = at + id.Length;
            bool isWhole = (at == 0 || !char.IsLetterOrDigit(message[at - 1])) && (end == message.Length || !char.IsLetterOrDigit(message[end]));
            text.Append(message, from, at - from);
            text.Append(isWhole ? Id.ToString() : id);
            from = end;
        }

        return text.Append(message, from, message.Length - from).ToString();
    }

    private static string WithoutNumbers(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (char sign in message)
        {
            if (!char.IsAsciiDigit(sign))
            {
                text.Append(sign);
            }
            else if (text.Length == 0 || text[^1] != Number)
            {
                text.Append(Number);
            }
        }

        return text.ToString();
    }

    private sealed class Group(string message)
    {
        public string Message { get; set; } = message;

        public long Count { get; set; }

        public DateTimeOffset? Since { get; set; }
    }
}
