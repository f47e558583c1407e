using System.Numerics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Primitives.Window;

namespace Ashlar.Cpu.Library;

/// <summary>The sum, maximum or minimum of a window that slides along 1 to 3 trailing axes. One item is one row of the result.</summary>
sealed unsafe class WindowKernel : LibraryKernel
{
    readonly WindowFrame _frame;
    readonly delegate*<WindowFrame, byte*, byte*, int, int, void> _rows;

    /// <param name="type">Dtype of the elements; not bool.</param>
    /// <param name="input">[…, spatial].</param>
    /// <param name="result">[…, results].</param>
    /// <param name="window">The window.</param>
    /// <exception cref="ArgumentException">The window has more than 3 axes.</exception>
    /// <exception cref="DTypeException">The dtype has no such reduction.</exception>
    public WindowKernel(DType type, Shape input, Shape result, WindowAttributes window)
        : this(type, new WindowFrame(input, result, window, "ReduceWindow"), window.Kind)
    {
    }

    WindowKernel(DType type, WindowFrame frame, ReduceKind kind)
        : base(frame.Rows, (long)frame.OutWidth * frame.Taps)
    {
        _frame = frame;
        _rows = type switch
        {
            DType.Float32 => Rows<float>(type, kind),
            DType.Float64 => Rows<double>(type, kind),
            DType.Int32 => Rows<int>(type, kind),
            DType.Int64 => Rows<long>(type, kind),
            DType.UInt8 when kind != ReduceKind.Sum => Rows<byte>(type, kind),
            _ => throw Undefined(type, kind),
        };
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end) => _rows(_frame, operands[0], operands[1], first, end);

    static delegate*<WindowFrame, byte*, byte*, int, int, void> Rows<T>(DType type, ReduceKind kind)
        where T : unmanaged, INumber<T> => kind switch
        {
            ReduceKind.Sum => &WindowRows<T, SumOf<T>>.Run,
            ReduceKind.Max => &WindowRows<T, MaxOf<T>>.Run,
            ReduceKind.Min => &WindowRows<T, MinOf<T>>.Run,
            _ => throw Undefined(type, kind),
        };

    static DTypeException Undefined(DType type, ReduceKind kind) =>
        new($"ReduceWindow: {kind} of {type.Name} is not defined. Use a sum, maximum or minimum, and cast to a wider dtype first.");
}
