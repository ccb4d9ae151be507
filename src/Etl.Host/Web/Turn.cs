namespace Etl.Host.Web;

/// <summary>A turn of those that a semaphore allows at once; disposing it ends the turn.</summary>
internal readonly struct Turn(SemaphoreSlim gate) : IDisposable
{
    public static async Task<Turn> OfAsync(SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    public void Dispose() => gate.Release();
}
