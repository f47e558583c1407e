using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Movement;

namespace Ashlar.Autodiff;

/// <summary>The cotangent that slices of one node give it. Slices side by side are joined; others are padded to the node's shape and added.</summary>
/// <remarks>Adding padded slices would cost the whole node for each of them: the square of their number for a loop over time steps.</remarks>
sealed class SliceSum
{
    readonly List<(Node Slice, Node Cotangent)> _parts = [];

    /// <summary>Takes the cotangent of one slice.</summary>
    public void Add(Node slice, Node cotangent) => _parts.Add((slice, cotangent));

    /// <summary>Records the sum, in the node's shape.</summary>
    public Node Record()
    {
        Node whole = _parts[0].Slice.Inputs[0];
        if (_parts.Count == 1 || !TrySideBySide(whole.Shape, out int axis))
        {
            Node? sum = null;
            foreach ((Node slice, Node cotangent) in _parts)
            {
                Node padded = slice.Primitive.Vjp(slice, cotangent)[0]!;
                sum = sum is null ? padded : Op.Add(sum, padded);
            }

            return sum!;
        }

        var joined = new List<Node>();
        int end = 0;
        foreach ((Node slice, Node cotangent) in _parts)
        {
            Gap(((SliceAttributes)slice.Attributes!).Starts[axis]);
            joined.Add(cotangent);
            end += cotangent.Shape[axis];
        }

        Gap(whole.Shape[axis]);
        return Op.Concat(joined.ToArray(), axis);

        void Gap(int start)
        {
            if (start > end)
            {
                int[] extents = [.. whole.Shape];
                extents[axis] = start - end;
                joined.Add(Op.Broadcast(Op.Number(whole, 0), new Shape(extents)));
                end = start;
            }
        }
    }

    // Whether all take every element of all axes but one, and different ones of that; sorts them along it.
    bool TrySideBySide(Shape whole, out int axis)
    {
        axis = -1;
        foreach ((Node slice, _) in _parts)
        {
            var attributes = (SliceAttributes)slice.Attributes!;
            for (int i = 0; i < whole.Rank; i++)
            {
                bool cut = attributes.Extents[i] != whole[i];
                if (attributes.Steps[i] != 1 || (cut && axis >= 0 && axis != i))
                {
                    return false;
                }

                axis = cut ? i : axis;
            }
        }

        if (axis < 0)
        {
            return false;
        }

        int along = axis;
        _parts.Sort((x, y) => Start(x.Slice).CompareTo(Start(y.Slice)));
        for (int i = 1; i < _parts.Count; i++)
        {
            if (Start(_parts[i].Slice) < Start(_parts[i - 1].Slice) + _parts[i - 1].Slice.Shape[along])
            {
                return false;
            }
        }

        return true;

        int Start(Node slice) => ((SliceAttributes)slice.Attributes!).Starts[along];
    }
}
