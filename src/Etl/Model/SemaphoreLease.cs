namespace PaletteEtl.Model;

/// <summary>One acquisition of a semaphore, released by disposing it.</summary>
internal readonly struct SemaphoreLease(SemaphoreSlim semaphore) : IDisposable
{
    public static async Task<SemaphoreLease> AcquireAsync(SemaphoreSlim semaphore, CancellationToken cancellationToken)
    {
        await semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new SemaphoreLease(semaphore);
    }

    public void Dispose() => semaphore.Release();
}
