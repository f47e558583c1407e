using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>What panels of rows want of one execution: fewer columns, or less of k, than there are.</summary>
/// <param name="panels">Panels of rows.</param>
sealed unsafe class RowLimits(int panels)
{
    readonly int[] _wanted = new int[panels];
    bool _ofColumns;
    bool _ofDepth;

    /// <summary>Sets what each panel wants: what one of its rows does.</summary>
    /// <param name="rows">The panels.</param>
    /// <param name="wanted">For each row how many columns, or k, from the first.</param>
    /// <param name="alongDepth">Whether k is meant.</param>
    public void Set(Panels rows, int* wanted, bool alongDepth)
    {
        (_ofColumns, _ofDepth) = (!alongDepth, alongDepth);
        for (int p = 0; p < rows.Count; p++)
        {
            int most = 0;
            for (int row = rows.Starts[p]; row < rows.EndBefore(p + 1); row++)
            {
                most = Math.Max(most, wanted[row]);
            }

            _wanted[p] = most;
        }
    }

    /// <summary>All is wanted again.</summary>
    public void Lift() => _ofColumns = _ofDepth = false;

    /// <summary>How many k of a chunk a panel of rows wants; -1 if its tile may be left out.</summary>
    /// <param name="panel">The panel of rows.</param>
    /// <param name="column">Where the tile's columns begin.</param>
    /// <param name="start">First k of the chunk.</param>
    /// <param name="depth">Number of k in the chunk.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Depth(int panel, int column, int start, int depth)
    {
        if (_ofDepth)
        {
            int wanted = Math.Min(depth, _wanted[panel] - start);
            return start > 0 && wanted <= 0 ? -1 : wanted;
        }

        return _ofColumns && _wanted[panel] <= column ? -1 : depth;
    }

    /// <summary>Whether one of some panels of rows wants the columns from a column on.</summary>
    public bool Reach(int firstPanel, int endPanel, int column)
    {
        if (!_ofColumns)
        {
            return true;
        }

        for (int p = firstPanel; p < endPanel; p++)
        {
            if (_wanted[p] > column)
            {
                return true;
            }
        }

        return false;
    }
}
