namespace Etl.Host.Web;

/// <summary>One acquisition of a semaphore, released by disposing it.</summary>
internal readonly struct SemaphoreLease(SemaphoreSlim semaphore) : IDisposable
{
    public static async Task<SemaphoreLease> AcquireAsync(SemaphoreSlim semaphore, CancellationToken cancellationToken)
    {
        await semaphore.WaitAsync(cancellationToken);
        return new SemaphoreLease(semaphore);
    }

    public void Dispose() => semaphore.Release();
}
