namespace Etl.Host.Recovery;

/// <summary>Records beside the database which movies this process is decoding, so that the next start knows them after a crash; and
/// holds the suspects, which are the movies that crashed processes were decoding.</summary>
/// <remarks>
/// A file a process, in the folder <c>movies.db-decoding</c>, named by process id and start time. The process holds it
/// locked, and the system frees the lock when the process ends in any way: the lock distinguishes a crash from another
/// active run, also where process ids are reused or belong to another container. An entry is the hash of a movie's id,
/// written by one call and never flushed, because the system's cache outlives the process.
/// </remarks>
internal sealed class CrashLog(string database) : IDisposable
{
    private const int MaxAttempts = 100;

    private readonly string _folder = FolderOf(Path.GetFullPath(database));
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, (int Slot, CrashLogEntry Entry)> _suspects = [];
    private readonly HashSet<UInt128> _found = [];
    private CrashLogFile? _file;

    public bool IsOpen => Volatile.Read(ref _file) is not null;

    /// <summary>The folder of the crash logs of a database.</summary>
    public static string FolderOf(string database) => database + "-decoding";

    /// <summary>Starts the log, and takes over the entries of processes that have ended.</summary>
    /// <returns>The number of suspects.</returns>
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

    /// <summary>The entry of a suspect; null when the movie is none.</summary>
    public CrashLogEntry? Find(MovieId id)
    {
        lock (_gate)
        {
            if (_suspects.Count == 0 || !_suspects.TryGetValue(MovieKey.Of(id), out (int, CrashLogEntry Entry) suspect))
            {
                return null;
            }

            _found.Add(suspect.Entry.Key);
            return suspect.Entry;
        }
    }

    /// <summary>Adds an entry for a movie that is being decoded, until the scope is disposed. Without space on the disk there is
    /// no entry.</summary>
    public DecodeScope Enter(MovieId id)
    {
        UInt128 key = MovieKey.Of(id);
        lock (_gate)
        {
            try
            {
                return new DecodeScope(this, _file?.Add(new(key)));
            }
            catch (IOException)
            {
                return new DecodeScope(this, slot: null);
            }
        }
    }

    /// <summary>Records that a suspect's cover crashed the sandbox or timed out there, until the suspect is removed.</summary>
    public void RecordSandboxFailure(MovieId id, FailureReason reason)
    {
        var failed = new CrashLogEntry(MovieKey.Of(id), reason);
        lock (_gate)
        {
            if (_suspects.TryGetValue(failed.Key, out (int Slot, CrashLogEntry) suspect))
            {
                _suspects[failed.Key] = (suspect.Slot, failed);
                _file?.Set(suspect.Slot, failed);
            }
        }
    }

    /// <summary>Removes a suspect: its cover has been decoded, or its dead letter is committed.</summary>
    public void Remove(MovieId id)
    {
        lock (_gate)
        {
            if (_suspects.Count > 0 && _suspects.Remove(MovieKey.Of(id), out (int Slot, CrashLogEntry) suspect))
            {
                _file?.Remove(suspect.Slot);
            }
        }
    }

    /// <summary>Removes the suspects that were not looked up: the catalogue has been read to its end without them, so
    /// their palettes are no longer missing.</summary>
    public void RemoveOthers()
    {
        lock (_gate)
        {
            foreach ((UInt128 key, (int slot, _)) in _suspects.Where(suspect => !_found.Contains(suspect.Key)).ToArray())
            {
                _suspects.Remove(key);
                _file?.Remove(slot);
            }
        }
    }

    /// <summary>Ends the log. Its file remains only if it has an entry.</summary>
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

    private CrashLogFile CreateFile()
    {
        int attempts = 0;
        while (true)
        {
            try
            {
                Directory.CreateDirectory(_folder);
                return CrashLogFile.Create(_folder);
            }
            catch (IOException) when (++attempts < MaxAttempts)
            {
                // Another run has just removed the empty folder, or has taken over the new file before it was locked.
            }
        }
    }

    private void TakeOver(string path, CrashLogFile file)
    {
        try
        {
            CrashLogFile.TakeOver(path, entry =>
            {
                if (!_suspects.ContainsKey(entry.Key))
                {
                    _suspects[entry.Key] = (file.Add(entry), entry);
                }
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its process is running, another one has just taken it over, or it belongs to another user.
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
            // Another log is there.
        }
    }

    /// <summary>The entry of a movie that is being decoded.</summary>
    public readonly struct DecodeScope(CrashLog log, int? slot) : IDisposable
    {
        public void Dispose()
        {
            if (slot is { } entered)
            {
                lock (log._gate)
                {
                    log._file?.Remove(entered);
                }
            }
        }
    }
}
