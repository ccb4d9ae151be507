namespace PaletteEtl.Model;

/// <summary>A store's own address of a row: a number, or the values of a primary key. Only the store that made a key reads it.</summary>
/// <remarks>The default stands for no key: a store that finds its rows by id needs none. Keys are equal when their numbers and their values
/// are; byte arrays among the values are compared by content.</remarks>
/// <param name="Number">A number such as a rowid; 0 where <paramref name="Values"/> make the key.</param>
/// <param name="Values">The values of a primary key in the order of its columns; null where the number makes the key.</param>
public readonly record struct RowKey(long Number, IReadOnlyList<object>? Values = null)
{
    /// <summary>Whether two keys have the same number and the same values.</summary>
    public bool Equals(RowKey other)
    {
        if (Number != other.Number || Values?.Count != other.Values?.Count)
        {
            return false;
        }

        for (int i = 0; i < (Values?.Count ?? 0); i++)
        {
            if (!StoredValue.AreEqual(Values![i], other.Values![i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Number);
        foreach (object value in Values ?? [])
        {
            hash.Add(StoredValue.HashCodeOf(value));
        }

        return hash.ToHashCode();
    }
}
