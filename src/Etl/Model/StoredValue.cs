namespace PaletteEtl.Model;

/// <summary>Compares values as a store has them: integers, texts, reals, byte arrays by content, and null.</summary>
internal static class StoredValue
{
    /// <summary>Whether two values have the same type and the same content.</summary>
    public static bool AreEqual(object? left, object? right) => left is byte[] bytes && right is byte[] others
        ? bytes.AsSpan().SequenceEqual(others)
        : Equals(left, right);

    public static int HashCodeOf(object? value)
    {
        if (value is not byte[] bytes)
        {
            return value?.GetHashCode() ?? 0;
        }

        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
