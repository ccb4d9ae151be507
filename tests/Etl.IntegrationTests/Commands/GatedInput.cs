namespace Etl.IntegrationTests.Commands;

/// <summary>Standard input that can be opened many times; each time has a picture that comes once it is let, in any order.</summary>
internal sealed class GatedInput(byte[] picture)
{
    private readonly List<Opened> _opened = [];

    /// <summary>How often it has been opened.</summary>
    public int Count
    {
        get
        {
            lock (_opened)
            {
                return _opened.Count;
            }
        }
    }

    /// <summary>How many have been asked for bytes.</summary>
    public int Asked
    {
        get
        {
            lock (_opened)
            {
                return _opened.Count(static stream => stream.IsAsked);
            }
        }
    }

    public Stream Open()
    {
        var stream = new Opened(picture);
        lock (_opened)
        {
            _opened.Add(stream);
        }

        return stream;
    }

    /// <summary>Lets the picture come that was opened as the given one.</summary>
    public void Let(int index)
    {
        lock (_opened)
        {
            _opened[index].Gate.TrySetResult();
        }
    }

    private sealed class Opened(byte[] picture) : MemoryStream(picture)
    {
        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsAsked { get; private set; }

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            IsAsked = true;
            await Gate.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
