using System.Runtime.CompilerServices;

namespace PaletteEtl.Palettes;

/// <summary>The least cost of moving the weights of one palette to those of another.</summary>
/// <remarks>
/// The transportation problem of Y. Rubner, C. Tomasi and L. Guibas, "The earth mover's distance as a metric for image retrieval", IJCV 40,
/// 2000. Solved exactly by successive shortest paths over reduced costs: R. Ahuja, T. Magnanti and J. Orlin, "Network flows", 1993,
/// section 9.7. Weights are whole numbers, so that each path settles a part of them for good. The prices are a solution of the dual
/// problem at any time, so that their value is a lower bound. Nothing is allocated for a palette.
/// </remarks>
internal sealed class Transport
{
    private readonly float[] _costs = new float[Palette.MaxColors * OklabPalette.Room];
    private readonly long[] _flows = new long[Palette.MaxColors * OklabPalette.Room];
    private readonly long[] _supply = new long[Palette.MaxColors];
    private readonly long[] _demand = new long[Palette.MaxColors];
    private readonly float[] _rowPrices = new float[OklabPalette.Room];
    private readonly float[] _columnPrices = new float[OklabPalette.Room];
    private readonly TransportPath _path = new();

    /// <summary>The least cost a unit of weight; infinity where it is known to be above a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Solve(WeightedPalette from, WeightedPalette to, float limit)
    {
        from.Colors.DistancesTo(to.Colors, _costs);
        TransportPrices.SetRowsFirst(_costs, from.Count, to.Count, _rowPrices, _columnPrices);
        if (Bound(from, to) > limit)
        {
            return float.PositiveInfinity;
        }

        TransportPrices.SetColumnsFirst(_costs, from.Count, to.Count, _rowPrices, _columnPrices);
        if (Bound(from, to) > limit)
        {
            return float.PositiveInfinity;
        }

        Start(from, to);
        for (int row = 0; row < from.Count; row++)
        {
            while (_supply[row] > 0)
            {
                Move(row, from.Count, to.Count);
                if (Bound(from, to) > limit)
                {
                    return float.PositiveInfinity;
                }
            }
        }

        return Cost(from, to);
    }

    /// <summary>The value of the prices. Only rounding lifts it above the least cost.</summary>
    private float Bound(WeightedPalette from, WeightedPalette to) =>
        TransportPrices.Value(_rowPrices, from.Weights, from.Count) + TransportPrices.Value(_columnPrices, to.Weights, to.Count);

    /// <summary>Scales the weights of each palette by the total of the other, so that both have the same total.</summary>
    private void Start(WeightedPalette from, WeightedPalette to)
    {
        for (int row = 0; row < from.Count; row++)
        {
            _supply[row] = (long)from.Parts[row] * to.Total;
        }

        for (int column = 0; column < to.Count; column++)
        {
            _demand[column] = (long)to.Parts[column] * from.Total;
        }

        Array.Clear(_flows, 0, from.Count * OklabPalette.Room);
    }

    /// <summary>Moves as much of a row's supply as the cheapest path takes.</summary>
    private void Move(int row, int rows, int columns)
    {
        int column = _path.Find(row, rows, columns, _costs, _flows, _demand, _rowPrices, _columnPrices);
        long amount = Math.Min(_supply[row], _demand[column]);
        for (int at = column; _path.RowBefore(at) is var before && before != row; at = _path.ColumnBefore(before))
        {
            amount = Math.Min(amount, Flow(before, _path.ColumnBefore(before)));
        }

        _supply[row] -= amount;
        _demand[column] -= amount;
        for (int at = column; ; at = _path.ColumnBefore(_path.RowBefore(at)))
        {
            int before = _path.RowBefore(at);
            Flow(before, at) += amount;
            if (before == row)
            {
                return;
            }

            Flow(before, _path.ColumnBefore(before)) -= amount;
        }
    }

    private ref long Flow(int row, int column) => ref _flows[(row * OklabPalette.Room) + column];

    private float Cost(WeightedPalette from, WeightedPalette to)
    {
        double cost = 0;
        for (int row = 0; row < from.Count; row++)
        {
            for (int column = 0; column < to.Count; column++)
            {
                cost += Flow(row, column) * (double)_costs[(row * OklabPalette.Room) + column];
            }
        }

        return (float)(cost / ((double)from.Total * to.Total));
    }
}
