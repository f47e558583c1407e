namespace Ashlar.Calls;

/// <summary>The memory on which a <see cref="KernelBody"/> works, row-major; valid until it returns.</summary>
public readonly unsafe ref struct KernelArguments
{
    readonly byte** _operands;
    readonly CustomKernel _kernel;
    readonly Shape[] _shapes;
    readonly DType[] _types;

    internal KernelArguments(CustomKernel kernel, byte** operands, Shape[] shapes, DType[] types, int first, int end)
    {
        _operands = operands;
        (_kernel, _shapes, _types) = (kernel, shapes, types);
        (First, End) = (first, end);
    }

    /// <summary>The first item to compute.</summary>
    public int First { get; }

    /// <summary>One past the last item to compute.</summary>
    public int End { get; }

    /// <summary>Number of inputs.</summary>
    public int Count => _shapes.Length - 1;

    /// <summary>Extents of the result.</summary>
    public Shape ResultShape => _shapes[^1];

    /// <summary>Extents of an input.</summary>
    public Shape ShapeOf(int input) => _shapes[input];

    /// <summary>The elements of an input.</summary>
    /// <exception cref="DTypeException">They are of another type.</exception>
    public ReadOnlySpan<T> Input<T>(int input)
        where T : unmanaged => Elements<T>(input, $"input {input}");

    /// <summary>The elements of the result, undefined before they are written.</summary>
    /// <exception cref="DTypeException">They are of another type.</exception>
    public Span<T> Result<T>()
        where T : unmanaged => Elements<T>(_shapes.Length - 1, "the result");

    Span<T> Elements<T>(int place, string what)
        where T : unmanaged => DTypeFacts.Of<T>() == _types[place]
            ? new Span<T>(_operands[place], _shapes[place].Size)
            : throw new DTypeException($"{_kernel.Name}: {what} is {_types[place].Name}, its elements are no {typeof(T).Name}. Read it as {_types[place].Name}, or cast before the call.");
}
