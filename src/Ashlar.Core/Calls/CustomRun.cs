using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A call of a user's kernel cut into items: those of one example after the other.</summary>
sealed unsafe class CustomRun
{
    readonly CustomKernel _kernel;
    readonly Shape[] _shapes;
    readonly DType[] _types;
    readonly int[] _extents;
    readonly long[][] _strides;
    readonly int _itemsOfExample;

    public CustomRun(Node node)
    {
        var call = (CustomCallAttributes)node.Attributes!;
        _kernel = call.Kernel;
        (_extents, Shape[] examples) = call.Cut(node.Inputs);
        _shapes = [.. examples, new Shape(node.Shape.Extents[_extents.Length..])];
        _types = [.. node.Inputs.ToArray().Select(input => input.Type), node.Type];
        _itemsOfExample = _shapes[^1].Size == 0 ? 0 : Math.Max(1, _kernel.Items?.Invoke(_shapes[^1]) ?? 1);
        Items = checked(_itemsOfExample * new Shape(_extents).Size);

        // Bytes from one example to the next of each batch.
        _strides = new long[_shapes.Length][];
        for (int i = 0; i < _strides.Length; i++)
        {
            _strides[i] = new long[_extents.Length];
            long stride = (long)_shapes[i].Size * _types[i].ItemSize;
            for (int level = _extents.Length - 1; level >= 0; level--)
            {
                if (i == _strides.Length - 1 || call.Batches[level][i])
                {
                    _strides[i][level] = stride;
                    stride *= _extents[level];
                }
            }
        }
    }

    /// <summary>Items of all examples.</summary>
    public int Items { get; }

    /// <summary>Runs the kernel on the items from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public void Execute(byte** operands, int first, int end)
    {
        byte** example = stackalloc byte*[_shapes.Length];
        while (first < end)
        {
            int number = first / _itemsOfExample;
            int begin = first - (number * _itemsOfExample);
            int stop = Math.Min(_itemsOfExample, begin + end - first);
            for (int i = 0; i < _shapes.Length; i++)
            {
                example[i] = operands[i];
                for (int level = _extents.Length - 1, rest = number; level >= 0; level--)
                {
                    example[i] += _strides[i][level] * (rest % _extents[level]);
                    rest /= _extents[level];
                }
            }

            _kernel.Run(new KernelArguments(_kernel, example, _shapes, _types, begin, stop));
            first += stop - begin;
        }
    }
}
