using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Ashlar.Kernels;

namespace Ashlar.Cpu.Library;

/// <summary>Elements that lie in memory by strides, written side by side. Where the last axis is contiguous one item is a run of it; where another axis is,
/// one item is a tile of both, transposed by blocks in registers, so that lines of both memories are used whole while they are near.</summary>
sealed unsafe class StridedCopyKernel : LibraryKernel
{
    // A tile's lines and pages of both sides stay in the first-level caches.
    const int Tile = 64;

    // What is larger is not in a cache any more when it is read: it is written past them, and what it is made of is fetched a tile ahead.
    const long StreamedBytes = 8 << 20;
    const int Line = 64;

    readonly int[] _extents;
    readonly int[] _from;
    readonly int[] _to;
    readonly int _offset;
    readonly int _size;
    readonly int _length;
    readonly int _across;
    readonly int _lengthStep;
    readonly int _acrossStep;
    readonly int _tiles;
    readonly int _tilesAcross;
    readonly bool _streams;

    StridedCopyKernel(Operand source, int[] extents, int axis, int items, long work)
        : base(items, work)
    {
        int last = extents.Length - 1;
        int[] outer = [.. Enumerable.Range(0, extents.Length).Where(i => i != last && i != axis)];
        int[] places = Space.Contiguous(extents);
        _extents = [.. outer.Select(i => extents[i])];
        _from = [.. outer.Select(i => source.Strides[i])];
        _to = [.. outer.Select(i => places[i])];
        _offset = source.Offset;
        _size = source.Type.ItemSize;
        _length = extents[last];
        _lengthStep = source.Strides[last];
        _across = axis == last ? 0 : extents[axis];
        _acrossStep = axis == last ? 0 : places[axis];
        _tiles = (_length + Tile - 1) / Tile;
        _tilesAcross = (_across + Tile - 1) / Tile;
        _streams = (long)Space.Size(extents) * _size >= StreamedBytes && _acrossStep * (long)_size % Line == 0 && Array.TrueForAll(_to, step => step * (long)_size % Line == 0);
    }

    /// <summary>The kernel that copies an operand of a nest, or null where no axis of it is contiguous or only short pieces are.</summary>
    /// <param name="nest">A copy: one input, one output that is contiguous.</param>
    public static StridedCopyKernel? Of(LoopNest nest)
    {
        Operand source = nest.Inputs[0];
        int[] extents = nest.Extents;
        int axis = Array.LastIndexOf(source.Strides, 1);
        if (axis < 0 || source.IsCoordinate || extents[axis] * source.Type.ItemSize < 32 || nest.Size == 0)
        {
            return null;
        }

        int last = extents.Length - 1;
        if (axis == last)
        {
            return new StridedCopyKernel(source, extents, axis, nest.Size / extents[last], 2L * extents[last]);
        }

        int tiles = (extents[last] + Tile - 1) / Tile * ((extents[axis] + Tile - 1) / Tile);
        return new StridedCopyKernel(source, extents, axis, nest.Size / extents[last] / extents[axis] * tiles, 2L * Math.Min(Tile, extents[last]) * Math.Min(Tile, extents[axis]));
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        if (_across == 0)
        {
            Runs(operands[0], operands[1], first, end);
            return;
        }

        if (_streams && _size >= sizeof(float) && SquareTranspose.CanStream<float>() && (nint)operands[1] % Line == 0)
        {
            if (_size == sizeof(float))
            {
                StreamedTiles((float*)operands[0], (float*)operands[1], first, end);
            }
            else
            {
                StreamedTiles((double*)operands[0], (double*)operands[1], first, end);
            }

            // What went past the caches is there for all when the launch ends.
            Sse.StoreFence();
            return;
        }

        switch (_size)
        {
            case 1:
                Tiles(operands[0], operands[1], first, end);
                break;
            case 2:
                Tiles((ushort*)operands[0], (ushort*)operands[1], first, end);
                break;
            case 4:
                Tiles((float*)operands[0], (float*)operands[1], first, end);
                break;
            default:
                Tiles((double*)operands[0], (double*)operands[1], first, end);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Runs(byte* from, byte* to, int first, int end)
    {
        int rank = _extents.Length;
        int inner = rank == 0 ? 1 : _extents[rank - 1];
        nint step = rank == 0 ? 0 : (nint)_from[rank - 1] * _size;
        nint bytes = (nint)_length * _size;
        to += first * bytes;
        for (int run = first; run < end;)
        {
            int place = run % inner;
            byte* at = from + ((nint)Place(run, _from) * _size);
            int stop = Math.Min(end, run + inner - place);
            for (; run < stop; run++, at += step, to += bytes)
            {
                ShortRun.Copy(at, to, bytes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Tiles<T>(T* from, T* to, int first, int end)
        where T : unmanaged
    {
        for (int item = first; item < end; item++)
        {
            Copy(from, to, item, streams: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void StreamedTiles<T>(T* from, T* to, int first, int end)
        where T : unmanaged
    {
        for (int item = first; item < end; item++)
        {
            Copy(from, to, item, streams: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Copy<T>(T* from, T* to, int item, bool streams)
        where T : unmanaged
    {
        int side = SquareTranspose.Side<T>();
        int outer = item / (_tiles * _tilesAcross);
        int row = item / _tiles % _tilesAcross * Tile;
        int column = item % _tiles * Tile;
        int rows = Math.Min(Tile, _across - row);
        int columns = Math.Min(Tile, _length - column);
        T* source = from + Place(outer, _from) + ((nint)column * _lengthStep) + row;
        T* target = to + Place(outer, _to) - _offset + ((nint)row * _acrossStep) + column;
        int wholeRows = rows / side * side;
        int wholeColumns = columns / side * side;
        for (int i = 0; i < wholeRows; i += side)
        {
            for (int j = 0; j < wholeColumns; j += side)
            {
                T* block = source + ((nint)j * _lengthStep) + i;
                for (nint k = 0; streams && k < side; k++)
                {
                    Sse.Prefetch1(block + (k * _lengthStep) + Tile);
                }

                SquareTranspose.Run(block, _lengthStep, target + ((nint)i * _acrossStep) + j, _acrossStep, streams);
            }
        }

        Elements(source, target, 0, wholeRows, wholeColumns, columns);
        Elements(source, target, wholeRows, rows, 0, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Elements<T>(T* source, T* target, int row, int endRow, int column, int endColumn)
        where T : unmanaged
    {
        for (int i = row; i < endRow; i++)
        {
            for (int j = column; j < endColumn; j++)
            {
                target[((nint)i * _acrossStep) + j] = source[((nint)j * _lengthStep) + i];
            }
        }
    }

    // The element of the outer axes' place, with the offset of the operand.
    int Place(int place, int[] steps)
    {
        int at = _offset;
        for (int axis = _extents.Length - 1; axis >= 0; axis--)
        {
            at += place % _extents[axis] * steps[axis];
            place /= _extents[axis];
        }

        return at;
    }
}
