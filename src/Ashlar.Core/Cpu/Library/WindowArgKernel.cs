using System.Numerics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Primitives.Window;

namespace Ashlar.Cpu.Library;

/// <summary>For each window the place of its largest or smallest element inside the input's trailing axes, flattened → int32. One item is one row of the result.</summary>
sealed unsafe class WindowArgKernel : LibraryKernel
{
    readonly WindowFrame _frame;
    readonly delegate*<WindowFrame, byte*, byte*, int, int, void> _rows;

    /// <param name="type">Dtype of the elements.</param>
    /// <param name="input">[…, spatial].</param>
    /// <param name="result">[…, results].</param>
    /// <param name="window">The window; its kind is Max or Min.</param>
    /// <exception cref="ArgumentException">The window has more than 3 axes, or its kind is neither Max nor Min.</exception>
    /// <exception cref="ShapeException">There are windows without any element.</exception>
    public WindowArgKernel(DType type, Shape input, Shape result, WindowAttributes window)
        : this(type, input, new WindowFrame(input, result, window, "WindowArgReduce"), window.Kind)
    {
    }

    WindowArgKernel(DType type, Shape input, WindowFrame frame, ReduceKind kind)
        : base(frame.Rows, (long)frame.OutWidth * frame.Taps)
    {
        if (frame.Rows > 0 && frame.Plane == 0)
        {
            throw new ShapeException($"WindowArgReduce: {input} has windows of padding alone, so no element is the largest or smallest. Test the extents first.");
        }

        _frame = frame;
        _rows = type switch
        {
            DType.Float32 => Rows<float, int>(kind),
            DType.Float64 => Rows<double, long>(kind),
            DType.Int32 => Rows<int, int>(kind),
            DType.Int64 => Rows<long, long>(kind),
            _ => Rows<byte, int>(kind),
        };
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end) => _rows(_frame, operands[0], operands[1], first, end);

    static delegate*<WindowFrame, byte*, byte*, int, int, void> Rows<T, TPlace>(ReduceKind kind)
        where T : unmanaged, INumber<T>
        where TPlace : unmanaged, IBinaryInteger<TPlace> => kind switch
        {
            ReduceKind.Max => &WindowArgRows<T, TPlace, MaxOf<T>>.Run,
            ReduceKind.Min => &WindowArgRows<T, TPlace, MinOf<T>>.Run,
            _ => throw new ArgumentException($"WindowArgReduce: {kind} has no winner. Use Max or Min.", nameof(kind)),
        };
}
