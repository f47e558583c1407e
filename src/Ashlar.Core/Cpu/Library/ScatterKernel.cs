using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;
using Ashlar.Primitives.Index;

namespace Ashlar.Cpu.Library;

/// <summary>Updates joined into places given by index. One item is a block of columns of one outer place: it walks all picks in order, so the order of
/// updates of one place never depends on the threads.</summary>
sealed unsafe class ScatterKernel : LibraryKernel
{
    // Wide enough for whole vectors and cache lines, narrow enough that the rows of one table are shared.
    const int ColumnsOfBlock = 64;
    const long BytesOfPiece = 1 << 18;

    readonly IndexGeometry _g;
    readonly IndexReader _reader;
    readonly bool _hasBase;
    readonly int _columns;
    readonly int _blocks;
    readonly long _bytes;
    readonly delegate*<ScatterKernel, byte**, int, int, void> _execute;

    /// <param name="type">Dtype of updates and result.</param>
    /// <param name="geometry">The sizes.</param>
    /// <param name="attributes">The kind, and whether there is a base.</param>
    public ScatterKernel(DType type, IndexGeometry geometry, ScatterAttributes attributes)
        : base(
            geometry.Batch * geometry.Outer * BlocksOf(geometry),
            ((long)geometry.Indexed + geometry.Picks) * Math.Min(ColumnsOfBlock, geometry.Inner * geometry.Trailing))
    {
        _g = geometry;
        _reader = new IndexReader(geometry);
        _hasBase = attributes.HasBase;
        _columns = geometry.Inner * geometry.Trailing;
        _blocks = BlocksOf(geometry);
        _bytes = (long)geometry.Batch * geometry.Outer * geometry.Indexed * _columns * type.ItemSize;
        _execute = attributes.Kind == ScatterKind.Set
            ? type.ItemSize switch
            {
                1 => &Items<byte, LastOf<byte>>,
                2 => &Items<ushort, LastOf<ushort>>,
                4 => &Items<uint, LastOf<uint>>,
                _ => &Items<ulong, LastOf<ulong>>,
            }
            : type switch
            {
                DType.Float32 => Joining<float>(attributes.Kind),
                DType.Float64 => Joining<double>(attributes.Kind),
                DType.Int32 => Joining<int>(attributes.Kind),
                DType.Int64 => Joining<long>(attributes.Kind),
                _ => Joining<byte>(attributes.Kind),
            };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An index lies outside its axis.</exception>
    protected override void Execute(byte** operands, int first, int end) => _execute(this, operands, first, end);

    /// <inheritdoc/>
    protected override int PreparationCount => (int)((_bytes + BytesOfPiece - 1) / BytesOfPiece);

    /// <summary>The base, or zeros, in long runs: by blocks of columns each line of memory would be met in pieces.</summary>
    protected override void Prepare(byte** operands, int piece)
    {
        long start = piece * BytesOfPiece;
        long count = Math.Min(BytesOfPiece, _bytes - start);
        byte* target = operands[_g.Extents.Length + (_hasBase ? 2 : 1)] + start;
        if (_hasBase)
        {
            Buffer.MemoryCopy(operands[0] + start, target, count, count);
        }
        else
        {
            new Span<byte>(target, (int)count).Clear();
        }
    }

    static int BlocksOf(IndexGeometry g) => ((g.Inner * g.Trailing) + ColumnsOfBlock - 1) / ColumnsOfBlock;

    static delegate*<ScatterKernel, byte**, int, int, void> Joining<T>(ScatterKind kind)
        where T : unmanaged, INumber<T> => kind switch
        {
            ScatterKind.Add => &Items<T, SumOf<T>>,
            ScatterKind.Multiply => &Items<T, ProdOf<T>>,
            ScatterKind.Max => &Items<T, MaxOf<T>>,
            _ => &Items<T, MinOf<T>>,
        };

    static void Items<T, TJoin>(ScatterKernel kernel, byte** operands, int first, int end)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
    {
        for (int item = first; item < end; item++)
        {
            int block = item % kernel._blocks;
            kernel.Block<T, TJoin>(operands, item / kernel._blocks, block * ColumnsOfBlock, Math.Min(kernel._columns, (block + 1) * ColumnsOfBlock));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Block<T, TJoin>(byte** operands, int row, int first, int end)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
    {
        byte** indices = operands + (_hasBase ? 1 : 0);
        T* u = (T*)indices[_g.Extents.Length] + ((nint)row * _g.Picks * _columns);
        T* y = (T*)indices[_g.Extents.Length + 1] + ((nint)row * _g.Indexed * _columns);
        nint at = (nint)row / _g.Outer * _g.Picks;
        if (_reader.IsSingle && _columns == 1)
        {
            _reader.Join<T, TJoin>(y, indices[0], at, u, _g.Picks, 1, 0);
            return;
        }

        for (int p = 0; p < _g.Picks; p++, u += _columns)
        {
            if (_reader.IsSingle && _columns == _g.Trailing)
            {
                _reader.Join<T, TJoin>(y + first, indices[0], ((at + p) * _columns) + first, u + first, end - first, _columns, 1);
            }
            else if (_g.Trailing > 1)
            {
                for (int c = first; c < end; c++)
                {
                    T* target = y + ((nint)_reader.Place(indices, ((at + p) * _g.Trailing) + (c % _g.Trailing)) * _columns) + c;
                    *target = TJoin.Combine(*target, u[c]);
                }
            }
            else
            {
                Join<T, TJoin>(y + ((nint)_reader.Place(indices, at + p) * _columns) + first, u + first, end - first);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Join<T, TJoin>(T* y, T* u, int count)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
    {
        int c = 0;
        for (; c <= count - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            TJoin.Combine(Vector256.Load(y + c), Vector256.Load(u + c)).Store(y + c);
        }

        for (; c < count; c++)
        {
            y[c] = TJoin.Combine(y[c], u[c]);
        }
    }
}
