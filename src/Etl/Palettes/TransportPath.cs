using System.Runtime.CompilerServices;

namespace PaletteEtl.Palettes;

/// <summary>The cheapest path from a row with supply to a column with demand, over flows that may be taken back (Dijkstra over reduced
/// costs).</summary>
internal sealed class TransportPath
{
    private readonly float[] _distance = new float[OklabPalette.Room];
    private readonly int[] _rowBefore = new int[OklabPalette.Room];
    private readonly bool[] _isSettled = new bool[OklabPalette.Room];
    private readonly float[] _rowDistance = new float[Palette.MaxColors];
    private readonly int[] _columnBefore = new int[Palette.MaxColors];
    private readonly bool[] _isReached = new bool[Palette.MaxColors];

    public int RowBefore(int column) => _rowBefore[column];

    public int ColumnBefore(int row) => _columnBefore[row];

    /// <summary>Finds the path, changes the prices so that it costs nothing and no other less, and returns its last column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(
        int start, int rows, int columns, float[] costs, long[] flows, long[] demand, float[] rowPrices, float[] columnPrices)
    {
        Array.Fill(_distance, float.MaxValue);
        Array.Clear(_isSettled);
        Array.Clear(_isReached);
        Reach(start, 0, columns, costs, rowPrices, columnPrices);
        while (true)
        {
            int nearest = Nearest(columns);
            _isSettled[nearest] = true;
            if (demand[nearest] > 0)
            {
                ChangePrices(rows, columns, _distance[nearest], rowPrices, columnPrices);
                return nearest;
            }

            for (int row = 0; row < rows; row++)
            {
                if (!_isReached[row] && flows[(row * OklabPalette.Room) + nearest] > 0)
                {
                    _columnBefore[row] = nearest;
                    Reach(row, _distance[nearest], columns, costs, rowPrices, columnPrices);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reach(int row, float distance, int columns, float[] costs, float[] rowPrices, float[] columnPrices)
    {
        (_isReached[row], _rowDistance[row]) = (true, distance);
        ReadOnlySpan<float> costsOfRow = costs.AsSpan(row * OklabPalette.Room, columns);
        float price = rowPrices[row];
        for (int column = 0; column < costsOfRow.Length; column++)
        {
            float through = distance + MathF.Max(0, costsOfRow[column] - price - columnPrices[column]);
            if (through < _distance[column])
            {
                (_distance[column], _rowBefore[column]) = (through, row);
            }
        }
    }

    private int Nearest(int columns)
    {
        int nearest = -1;
        for (int column = 0; column < columns; column++)
        {
            if (!_isSettled[column] && (nearest < 0 || _distance[column] < _distance[nearest]))
            {
                nearest = column;
            }
        }

        return nearest;
    }

    private void ChangePrices(int rows, int columns, float reached, float[] rowPrices, float[] columnPrices)
    {
        for (int row = 0; row < rows; row++)
        {
            if (_isReached[row])
            {
                rowPrices[row] += reached - _rowDistance[row];
            }
        }

        for (int column = 0; column < columns; column++)
        {
            if (_isSettled[column])
            {
                columnPrices[column] -= reached - _distance[column];
            }
        }
    }
}
