namespace Ashlar;

/// <summary>Carries a pattern out: split the axes, drop some, order them, add some, merge them.</summary>
sealed class Rearrangement
{
    readonly string _operation;
    readonly Tensor _x;
    readonly AxisPattern _from;
    readonly AxisPattern _to;
    readonly Dictionary<string, int> _extents = [];

    public Rearrangement(string operation, Tensor x, string pattern, ReadOnlySpan<(string Name, int Extent)> extents)
    {
        _operation = operation;
        _x = x;
        (AxisPattern from, AxisPattern to) = AxisPattern.Parse(pattern, operation);
        int open = x.Rank - from.Count;
        bool any = from.Count < from.Groups.Count;
        if (open < 0 || (!any && open != 0))
        {
            throw new ShapeException($"{operation}: '{from.Text}' has {from.Groups.Count} axes, the tensor is {x.Shape}. Name every axis once; '...' alone stands for the others.");
        }

        if (from.Names.Contains(AxisPattern.Ellipsis) ? !any : to.Names.Contains(AxisPattern.Ellipsis))
        {
            throw new ArgumentException($"{operation}: the '...' of '{pattern}' has no axes of its own left of the arrow. Write it there, outside parentheses.");
        }

        (_from, _to) = (from.Expand(open), to.Expand(open));
        foreach ((string name, int extent) in extents)
        {
            if (extent < 0 || !_from.Names.Concat(_to.Names).Contains(name) || !_extents.TryAdd(name, extent))
            {
                throw new ArgumentException($"{operation}: the extent {extent} of '{name}' is negative, given twice, or the name is not in '{pattern}'. Name axes of the pattern.");
            }
        }

        Solve();
    }

    /// <summary>Names left of the arrow and not right of it.</summary>
    public string[] Dropped => [.. _from.Names.Except(_to.Names)];

    /// <summary>Names right of the arrow and not left of it.</summary>
    public string[] Added => [.. _to.Names.Except(_from.Names)];

    /// <param name="reduce">Takes axes away; not called when none is dropped.</param>
    public Tensor Apply(Func<Tensor, int[], Tensor> reduce)
    {
        string[] names = [.. _from.Names];
        Tensor split = _x.Reshape([.. names.Select(name => _extents[name])]);
        string[] dropped = Dropped;
        Tensor kept = dropped.Length == 0 ? split : reduce(split, [.. dropped.Select(name => Array.IndexOf(names, name))]);
        string[] left = [.. names.Except(dropped)];
        string[] wanted = [.. _to.Names];
        Tensor ordered = kept.Permute([.. wanted.Where(left.Contains).Select(name => Array.IndexOf(left, name))]);
        Tensor spaced = ordered.Reshape([.. wanted.Select(name => left.Contains(name) ? _extents[name] : 1)]);
        Tensor full = spaced.BroadcastTo(new Shape([.. wanted.Select(Extent)]));
        return full.Reshape([.. _to.Groups.Select(group => group.Aggregate(1, (product, name) => product * Extent(name)))]);
    }

    // Each axis of the tensor gives one equation, so one extent of its group may be open.
    void Solve()
    {
        for (int axis = 0; axis < _from.Groups.Count; axis++)
        {
            string[] group = _from.Groups[axis];
            string[] open = [.. group.Where(name => !_extents.ContainsKey(name))];
            int known = group.Except(open).Aggregate(1, (product, name) => product * _extents[name]);
            int extent = _x.Shape[axis];
            bool fits = open.Length == 0 ? known == extent : known != 0 && extent % known == 0;
            if (open.Length > 1 || !fits)
            {
                throw new ShapeException($"{_operation}: axis {axis} of {_x.Shape} has extent {extent}, which '({string.Join(' ', group)})' with known extents of product {known} does not give. Name the extents of all but one axis of a group, with a product that divides it.");
            }

            if (open.Length == 1)
            {
                _extents[open[0]] = extent / known;
            }
        }
    }

    int Extent(string name)
    {
        if (_extents.TryGetValue(name, out int extent))
        {
            return extent;
        }

        return char.IsDigit(name[0])
            ? int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)
            : throw new ArgumentException($"{_operation}: the extent of the new axis '{name}' is not known. Name it: (\"{name}\", 3).");
    }
}
