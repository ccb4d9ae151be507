using System.Diagnostics;

namespace PaletteEtl.Telemetry;

/// <summary>Makes a span the current one while measurements are recorded, so that their exemplars lead to it. Movies that are not sampled have
/// no exemplar: they would lead to the run, and replace those of the movies that are.</summary>
internal readonly ref struct Exemplar
{
    private readonly Activity? _before;

    /// <param name="span">The span; null for none.</param>
    public Exemplar(Activity? span)
    {
        _before = Activity.Current;
        Set(span);
    }

    /// <summary>Makes the span before the current one again.</summary>
    public void Dispose() => Set(_before);

    private static void Set(Activity? span)
    {
        if (Activity.Current != span)
        {
            Activity.Current = span;
        }
    }
}
