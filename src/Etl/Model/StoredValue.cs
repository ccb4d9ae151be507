namespace PaletteEtl.Model;

/// <summary>Values as a store has them: a <see cref="long"/>, a <see cref="string"/>, a <see cref="double"/>, a byte array, or null.</summary>
internal static class StoredValue
{
    public static bool IsOne(object? value) => value is null or long or string or double or byte[];

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
