namespace Etl.Host.Service;

/// <summary>Keeps a pipeline from being disposed while a request uses it.</summary>
internal sealed class PipelineLease(ServedPipeline pipeline) : IDisposable
{
    public ServedPipeline Pipeline => pipeline;

    public void Dispose() => pipeline.Release();
}
