namespace PaletteEtl.Hosting;

/// <summary>One part of the pipeline that a program can replace or decorate.</summary>
/// <typeparam name="T">The interface of the part.</typeparam>
public sealed class EtlPort<T>
    where T : class
{
    private readonly List<Func<IServiceProvider, T, T>> _decorators = [];
    private readonly Func<IServiceProvider, T> _default;
    private Func<IServiceProvider, T>? _replacement;

    internal EtlPort(Func<IServiceProvider, T> create) => _default = create;

    /// <summary>Whether the program has replaced the part.</summary>
    internal bool IsReplaced => _replacement is not null;

    /// <summary>Replaces the part. Its decorators stay.</summary>
    /// <param name="create">Creates the part, once a pipeline.</param>
    /// <returns>The port, for further calls.</returns>
    public EtlPort<T> Use(Func<IServiceProvider, T> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _replacement = create;
        return this;
    }

    /// <summary>Decorates the part. Calls pass the decorators in the order in which they are added, and then the part.</summary>
    /// <param name="decorate">Creates the decorator around what calls pass next, once a pipeline; the movies of a service have one of
    /// their own.</param>
    /// <returns>The port, for further calls.</returns>
    public EtlPort<T> Through(Func<IServiceProvider, T, T> decorate)
    {
        ArgumentNullException.ThrowIfNull(decorate);
        _decorators.Add(decorate);
        return this;
    }

    /// <summary>Creates the part with its decorators.</summary>
    internal T Create(IServiceProvider provider) => Decorate((_replacement ?? _default)(provider), provider);

    /// <summary>Puts the decorators around a part.</summary>
    internal T Decorate(T part, IServiceProvider provider) =>
        _decorators.AsEnumerable().Reverse().Aggregate(part, (next, decorate) => decorate(provider, next));
}
