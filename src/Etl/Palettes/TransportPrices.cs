using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Prices of rows and columns to begin with: as high as no cost is below the prices of its row and its column.</summary>
/// <remarks>Their value is at least that of moving each weight to the nearest colour, eight columns at once.</remarks>
internal static class TransportPrices
{
    /// <summary>A row costs its least cost, a column the least that is left of its costs then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetRowsFirst(float[] costs, int rows, int columns, float[] rowPrices, float[] columnPrices)
    {
        for (int row = 0; row < rows; row++)
        {
            Vector256<float> least = At(costs, row * OklabPalette.Room);
            for (int column = Vector256<float>.Count; column < columns; column += Vector256<float>.Count)
            {
                least = Vector256.Min(least, At(costs, (row * OklabPalette.Room) + column));
            }

            rowPrices[row] = Least(least);
        }

        for (int column = 0; column < columns; column += Vector256<float>.Count)
        {
            Vector256<float> least = Vector256.Create(float.MaxValue);
            for (int row = 0; row < rows; row++)
            {
                least = Vector256.Min(least, At(costs, (row * OklabPalette.Room) + column) - Vector256.Create(rowPrices[row]));
            }

            least.CopyTo(columnPrices, column);
        }
    }

    /// <summary>A column costs its least cost, a row the least that is left of its costs then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetColumnsFirst(float[] costs, int rows, int columns, float[] rowPrices, float[] columnPrices)
    {
        for (int column = 0; column < columns; column += Vector256<float>.Count)
        {
            Vector256<float> least = At(costs, column);
            for (int row = 1; row < rows; row++)
            {
                least = Vector256.Min(least, At(costs, (row * OklabPalette.Room) + column));
            }

            least.CopyTo(columnPrices, column);
        }

        columnPrices.AsSpan(columns).Clear(); // so that no cost there is the least
        for (int row = 0; row < rows; row++)
        {
            Vector256<float> least = Vector256.Create(float.MaxValue);
            for (int column = 0; column < columns; column += Vector256<float>.Count)
            {
                least = Vector256.Min(least, At(costs, (row * OklabPalette.Room) + column) - At(columnPrices, column));
            }

            rowPrices[row] = Least(least);
        }
    }

    /// <summary>The sum of prices with weights.</summary>
    public static float Value(float[] prices, float[] weights, int count)
    {
        float sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += prices[i] * weights[i];
        }

        return sum;
    }

    private static float Least(Vector256<float> values)
    {
        Vector128<float> four = Vector128.Min(values.GetLower(), values.GetUpper());
        Vector128<float> two = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return MathF.Min(two[0], two[1]);
    }

    private static Vector256<float> At(float[] values, int i) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)i);
}
