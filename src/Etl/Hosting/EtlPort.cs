namespace PaletteEtl.Hosting;

/// <summary>One part of the pipeline that a program can replace or decorate.</summary>
/// <typeparam name="T">The interface of the part.</typeparam>
public sealed class EtlPort<T>
    where T : class
{
    private readonly List<Func<IServiceProvider, T, T>> _decorators = [];
    private Func<IServiceProvider, T> _create;

    internal EtlPort(Func<IServiceProvider, T> create) => _create = create;

    /// <summary>Replaces the part. Its decorators stay.</summary>
    /// <param name="create">Creates the part, once a pipeline.</param>
    /// <returns>The port, for further calls.</returns>
    public EtlPort<T> Use(Func<IServiceProvider, T> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _create = create;
        return this;
    }

    /// <summary>Decorates the part. Calls pass the decorators in the order in which they are added, and then the part.</summary>
    /// <param name="decorate">Creates the decorator around what calls pass next, once a pipeline.</param>
    /// <returns>The port, for further calls.</returns>
    public EtlPort<T> Through(Func<IServiceProvider, T, T> decorate)
    {
        ArgumentNullException.ThrowIfNull(decorate);
        _decorators.Add(decorate);
        return this;
    }

    /// <summary>Creates the part with its decorators.</summary>
    internal T Create(IServiceProvider provider) =>
        _decorators.AsEnumerable().Reverse().Aggregate(_create(provider), (next, decorate) => decorate(provider, next));
}
