namespace Etl.Host.Recovery;

/// <summary>Notes beside the database which movies this process is decoding right now, for the next start to read should
/// this one end uncleanly; and knows what such ends have left: the suspects, and the verdicts on them.</summary>
/// <remarks>
/// A file a process, in the folder <c>movies.db-decoding</c>, named by process id and start time. The process holds it
/// locked, and the system frees the lock when the process ends, however it does: that tells an unclean end from another
/// run at work, also where process ids are used again or are those of another container. An entry is the hash of a
/// movie's id, written by one call and never flushed: what the system has been given outlives the process.
/// </remarks>
internal sealed class DecodeJournal(string database) : IDisposable
{
    private readonly string _folder = FolderOf(Path.GetFullPath(database));
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, (int Slot, JournalEntry Entry)> _suspects = [];
    private readonly HashSet<UInt128> _asked = [];
    private JournalFile? _file;

    public bool IsOpen => Volatile.Read(ref _file) is not null;

    /// <summary>The folder of the journals of a database.</summary>
    public static string FolderOf(string database) => database + "-decoding";

    /// <summary>Starts the journal, and takes over the entries of processes that are gone.</summary>
    /// <returns>How many movies are suspects.</returns>
    /// <exception cref="IOException">Beside the database nothing can be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Beside the database nothing may be written.</exception>
    public int Open()
    {
        lock (_gate)
        {
            _file = CreateFile();
            foreach (string path in Directory.EnumerateFiles(_folder))
            {
                TakeOver(path, _file);
            }

            return _suspects.Count;
        }
    }

    /// <summary>What earlier processes have left of a movie; null when it is no suspect.</summary>
    public JournalEntry? Find(MovieId id)
    {
        lock (_gate)
        {
            if (_suspects.Count == 0 || !_suspects.TryGetValue(JournalEntry.KeyOf(id), out (int, JournalEntry Entry) suspect))
            {
                return null;
            }

            _asked.Add(suspect.Entry.Key);
            return suspect.Entry;
        }
    }

    /// <summary>Notes that a movie is being decoded, until the note is disposed. Where nothing can be written, as on a
    /// full disk, it is decoded without.</summary>
    public Note Enter(MovieId id)
    {
        UInt128 key = JournalEntry.KeyOf(id);
        lock (_gate)
        {
            try
            {
                return new Note(this, _file?.Add(new(key)));
            }
            catch (IOException)
            {
                return new Note(this, slot: null);
            }
        }
    }

    /// <summary>A suspect's cover has ended a process of its own; this is kept until it is settled.</summary>
    public void Convict(MovieId id, FailureReason reason)
    {
        var verdict = new JournalEntry(JournalEntry.KeyOf(id), reason);
        lock (_gate)
        {
            if (_suspects.TryGetValue(verdict.Key, out (int Slot, JournalEntry) suspect))
            {
                _suspects[verdict.Key] = (suspect.Slot, verdict);
                _file?.Set(suspect.Slot, verdict);
            }
        }
    }

    /// <summary>A movie is no suspect any more: its cover has done no harm, or its dead letter is committed.</summary>
    public void Settle(MovieId id)
    {
        lock (_gate)
        {
            if (_suspects.Count > 0 && _suspects.Remove(JournalEntry.KeyOf(id), out (int Slot, JournalEntry) suspect))
            {
                _file?.Remove(suspect.Slot);
            }
        }
    }

    /// <summary>Removes the suspects that were not asked about: the catalogue has been read to its end without them, so
    /// their palettes are no longer missing.</summary>
    public void SettleOthers()
    {
        lock (_gate)
        {
            foreach ((UInt128 key, (int slot, _)) in _suspects.Where(suspect => !_asked.Contains(suspect.Key)).ToArray())
            {
                _suspects.Remove(key);
                _file?.Remove(slot);
            }
        }
    }

    /// <summary>Ends the journal. It stays behind only when an entry is in it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_file is not null)
            {
                _file.Dispose();
                _file = null;
                DeleteFolderIfEmpty();
            }
        }
    }

    private JournalFile CreateFile()
    {
        while (true)
        {
            Directory.CreateDirectory(_folder);
            try
            {
                return JournalFile.Create(_folder);
            }
            catch (DirectoryNotFoundException)
            {
                // Another run has just ended, and removed the folder as empty.
            }
        }
    }

    private void TakeOver(string path, JournalFile file)
    {
        try
        {
            foreach (JournalEntry entry in JournalFile.Read(path))
            {
                if (!_suspects.ContainsKey(entry.Key))
                {
                    _suspects[entry.Key] = (file.Add(entry), entry);
                }
            }

            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its process lives, or another one has just taken it over, or it is another user's.
        }
    }

    private void DeleteFolderIfEmpty()
    {
        try
        {
            Directory.Delete(_folder);
        }
        catch (IOException)
        {
            // A journal is there.
        }
    }

    /// <summary>The note of a movie that is being decoded.</summary>
    public readonly struct Note(DecodeJournal journal, int? slot) : IDisposable
    {
        public void Dispose()
        {
            if (slot is { } entered)
            {
                lock (journal._gate)
                {
                    journal._file?.Remove(entered);
                }
            }
        }
    }
}
