using System.Runtime.CompilerServices;
using Ashlar.Ir;
using Ashlar.Kernels;

namespace Ashlar.Cpu.Map;

/// <summary>Walks a loop nest and feeds its kernel with runs of elements: in place where an operand's inner axis is contiguous or constant, else through packed tiles.</summary>
/// <remarks>Long inner axes are walked run by run. Where the inner axis is short, tiles span several inner runs and every operand that is
/// not contiguous is packed. The choice depends on the nest alone, never on the share of a thread.</remarks>
sealed unsafe class NestLoop
{
    const int ShortestRun = 16;
    const int Tile = 512;

    readonly int[] _extents;
    readonly Track[] _tracks;
    readonly MapKernel _kernel;
    readonly bool _tiled;
    readonly bool _packs;
    readonly int _packedBytes;
    readonly bool _isFlat;
    readonly bool _copies;

    // Beyond, a result does not stay in the caches until it is read.
    const long StreamedBytes = 8 << 20;

    /// <param name="nest">The work.</param>
    /// <param name="kernels">Where its kernel is found or made.</param>
    /// <param name="streams">Whether an output may be written past the caches; null for none.</param>
    /// <param name="folds">For each output how its rows are reduced, or null; empty if none is. The nest must then have whole rows, and be run on them.</param>
    public NestLoop(LoopNest nest, MapKernelCache kernels, Func<Operand, bool>? streams = null, ReduceKind?[]? folds = null)
    {
        Nest = nest;
        _extents = nest.Extents;
        _tiled = _extents.Length > 1 && _extents[^1] < ShortestRun;
        _tracks = [.. nest.Inputs.Select(operand => TrackOf(operand)), .. nest.Outputs.Select(operand => TrackOf(operand))];
        foreach (Track track in _tracks)
        {
            _packs |= track.Access == Access.Packed;
            _packedBytes += track.Access == Access.Direct || (track.Access == Access.Constant && !track.IsCoordinate) ? 0 : Tile * sizeof(long);
        }

        _copies = nest.Program.Instructions.Length == 1 && nest.Inputs.Length == 1 && nest.Outputs.Length == 1 && _tracks[0].Access != Access.Constant;
        _isFlat = _extents.Length <= 1 && _packedBytes == 0;
        int streamed = 0;
        for (int i = 0; i < nest.Outputs.Length && streams is not null; i++)
        {
            if (folds is { Length: > 0 } && folds[i] is not null)
            {
                continue;
            }

            Operand output = nest.Outputs[i];
            bool isRead = Array.Exists(nest.Inputs, input => input.Binding == output.Binding && !input.IsCoordinate);
            bool large = IsLarge((long)nest.Size * output.Type.ItemSize);
            streamed |= large && !isRead && output.Type.ItemSize >= 4 && _tracks[nest.Inputs.Length + i].Access == Access.Direct && streams(output) ? 1 << i : 0;
        }

        Streams = streamed != 0 && !_copies;
        _kernel = kernels.Get(nest.Program, [.. _tracks.Take(nest.Inputs.Length).Select(track => track.Access == Access.Constant)], Streams ? streamed : 0, folds);
    }

    enum Access : byte
    {
        Direct,
        Constant,
        Packed,
    }

    public LoopNest Nest { get; }

    /// <summary>Whether a result of so many bytes is gone from the caches before it is read.</summary>
    public static bool IsLarge(long bytes) => bytes >= StreamedBytes;

    /// <summary>Whether an output is written past the caches: then a fence must follow before other threads read it.</summary>
    public bool Streams { get; }

    /// <summary>Whether the rows of a nest, its last axes, are runs of the kernel: of so many elements, all operands in their own memory.</summary>
    public static bool HasRows(LoopNest nest, int columns)
    {
        bool isRun = nest.Extents.Length > 0 && nest.Extents[^1] == columns && columns >= ShortestRun && nest.Program.Instructions.Length > 1;
        return isRun && Array.TrueForAll(nest.Inputs, input => !input.IsCoordinate && input.Strides[^1] is 0 or 1);
    }

    /// <summary>Whether the one result is the one operand, moved.</summary>
    public bool IsCopy => _copies;

    /// <param name="bases">For each operand, inputs first, the memory's first element.</param>
    /// <param name="start">First place in the flat space.</param>
    /// <param name="end">One past the last place.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(byte** bases, int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        if (_isFlat)
        {
            RunFlat(bases, start, end);
            return;
        }

        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        byte* packed = _packedBytes == 0 ? null : scratch.Take(_packedBytes);
        byte** operands = stackalloc byte*[_tracks.Length];
        if (_tiled)
        {
            for (int place = start; place < end; place += Tile)
            {
                RunTile(bases, operands, packed, place, Math.Min(Tile, end - place));
            }
        }
        else
        {
            RunRows(bases, operands, packed, start, end);
        }

        scratch.Release(mark);
    }

    /// <summary>Whether the nest is a matrix whose rectangles are runs of the kernel.</summary>
    public bool HasRectangles => _extents.Length == 2 && !_tiled && !_copies && _packedBytes == 0;

    /// <summary>Works on a rectangle of a nest that has them; its one result goes to memory of its own.</summary>
    /// <param name="bases">For each operand, inputs first, the memory's first element; the result's is not read.</param>
    /// <param name="row">First row.</param>
    /// <param name="rows">≥ 1.</param>
    /// <param name="column">First column.</param>
    /// <param name="columns">≥ 1.</param>
    /// <param name="target">Receives [rows, columns].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunRectangle(byte** bases, int row, int rows, int column, int columns, byte* target)
    {
        byte** operands = stackalloc byte*[_tracks.Length];
        nint* steps = stackalloc nint[_tracks.Length];
        int* at = stackalloc int[2];
        (at[0], at[1]) = (row, column);
        int last = _tracks.Length - 1;
        for (int k = 0; k < last; k++)
        {
            operands[k] = _tracks[k].Memory(bases[k]) + ((nint)_tracks[k].At(at) * _tracks[k].ItemSize);
            steps[k] = _tracks[k].Step;
        }

        operands[last] = target;
        steps[last] = (nint)columns * _tracks[last].ItemSize;
        _kernel.Run(operands, columns, rows, steps);
    }

    /// <summary>Whether the first elements of rows are runs of the kernel: of a space whose last elements are rows of so many.</summary>
    public bool HasPartsOfRows(int columns) => _extents.Length > 0 && _extents[^1] % columns == 0 && !_tiled && !_copies && _packedBytes == 0;

    /// <summary>Works on the first elements of some rows of a space that <see cref="HasPartsOfRows"/>.</summary>
    /// <param name="bases">For each operand, inputs first, the memory's first element.</param>
    /// <param name="row">First row.</param>
    /// <param name="rows">≥ 1.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="count">How many of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunPartsOfRows(byte** bases, int row, int rows, int columns, int count)
    {
        byte** operands = stackalloc byte*[_tracks.Length];
        nint* steps = stackalloc nint[_tracks.Length];
        int rank = _extents.Length;
        int* at = stackalloc int[rank];
        bool isRow = _extents[rank - 1] == columns;
        while (rows > 0)
        {
            Locate(row * columns, at);
            int now = Math.Min(rows, !isRow ? (_extents[rank - 1] - at[rank - 1]) / columns : rank == 1 ? 1 : _extents[rank - 2] - at[rank - 2]);
            for (int k = 0; k < _tracks.Length; k++)
            {
                Track track = _tracks[k];
                operands[k] = track.Memory(bases[k]) + ((nint)track.At(at) * track.ItemSize);
                steps[k] = isRow ? track.Step : track.Access == Access.Direct ? (nint)columns * track.ItemSize : 0;
            }

            _kernel.Run(operands, count, now, steps);
            row += now;
            rows -= now;
        }
    }

    // One axis, nothing to pack: a single run.
    void RunFlat(byte** bases, int start, int end)
    {
        byte** operands = stackalloc byte*[_tracks.Length];
        for (int k = 0; k < _tracks.Length; k++)
        {
            Track track = _tracks[k];
            operands[k] = track.Memory(bases[k]) + ((nint)(track.Offset + (track.Access == Access.Direct ? start : 0)) * track.ItemSize);
        }

        _kernel.Run(operands, end - start);
    }

    void RunRows(byte** bases, byte** operands, byte* packed, int start, int end)
    {
        int rank = _extents.Length;
        int* at = stackalloc int[Math.Max(1, rank)];
        nint* steps = stackalloc nint[_tracks.Length];
        Locate(start, at);
        int inner = rank == 0 ? 1 : _extents[rank - 1];
        int longest = _packs ? Tile : int.MaxValue;
        while (start < end)
        {
            int column = rank == 0 ? 0 : at[rank - 1];
            if (column == 0 && rank > 1 && _packedBytes == 0 && end - start >= 2 * inner)
            {
                int rows = Math.Min((end - start) / inner, _extents[rank - 2] - at[rank - 2]);
                RunWhole(bases, operands, steps, at, rows);
                start += rows * inner;
                at[rank - 2] += rows - 1;
                Advance(at, inner);
                continue;
            }

            int run = Math.Min(Math.Min(inner - column, end - start), longest);
            byte* free = packed;
            for (int k = 0; k < _tracks.Length; k++)
            {
                operands[k] = _tracks[k].Prepare(bases[k], _tracks[k].At(at), run, ref free);
            }

            if (_copies)
            {
                Unsafe.CopyBlockUnaligned(operands[1], operands[0], (uint)(run * _tracks[0].ItemSize));
            }
            else
            {
                _kernel.Run(operands, run);
            }

            for (int k = Nest.Inputs.Length; k < _tracks.Length; k++)
            {
                _tracks[k].Finish(bases[k], _tracks[k].At(at), operands[k], run);
            }

            start += run;
            Advance(at, run);
        }
    }

    // Rows that stand one after another along the axis before the inner one, all at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunWhole(byte** bases, byte** operands, nint* steps, int* at, int rows)
    {
        int inner = _extents[^1];
        for (int k = 0; k < _tracks.Length; k++)
        {
            Track track = _tracks[k];
            operands[k] = track.Memory(bases[k]) + ((nint)track.At(at) * track.ItemSize);
            steps[k] = track.Step;
        }

        if (!_copies)
        {
            _kernel.Run(operands, inner, rows, steps);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            Unsafe.CopyBlockUnaligned(operands[1] + (row * steps[1]), operands[0] + (row * steps[0]), (uint)(inner * _tracks[0].ItemSize));
        }
    }

    void RunTile(byte** bases, byte** operands, byte* packed, int place, int count)
    {
        int rank = _extents.Length;
        int* at = stackalloc int[rank];
        byte* free = packed;
        for (int k = 0; k < _tracks.Length; k++)
        {
            Track track = _tracks[k];
            if (track.Access != Access.Packed)
            {
                operands[k] = bases[k] + ((nint)(track.Offset + (track.Access == Access.Direct ? place : 0)) * track.ItemSize);
                continue;
            }

            operands[k] = free;
            free += Tile * sizeof(long);
            if (k < Nest.Inputs.Length)
            {
                Pack(track, bases[k], operands[k], place, count, at, isOutput: false);
            }
        }

        _kernel.Run(operands, count);
        for (int k = Nest.Inputs.Length; k < _tracks.Length; k++)
        {
            if (_tracks[k].Access == Access.Packed)
            {
                Pack(_tracks[k], bases[k], operands[k], place, count, at, isOutput: true);
            }
        }
    }

    void Pack(Track track, byte* memory, byte* tile, int place, int count, int* at, bool isOutput)
    {
        int rank = _extents.Length;
        Locate(place, at);
        for (int done = 0; done < count;)
        {
            int run = Math.Min(_extents[rank - 1] - at[rank - 1], count - done);
            byte* part = tile + ((nint)done * track.ItemSize);
            int offset = track.At(at);
            if (isOutput)
            {
                track.Unpack(memory, offset, part, run);
            }
            else
            {
                track.Pack(memory, offset, part, run);
            }

            done += run;
            Advance(at, run);
        }
    }

    void Locate(int place, int* at)
    {
        for (int axis = _extents.Length - 1; axis >= 0; axis--)
        {
            int extent = _extents[axis];
            at[axis] = place % extent;
            place /= extent;
        }
    }

    void Advance(int* at, int run)
    {
        int axis = _extents.Length - 1;
        if (axis < 0)
        {
            return;
        }

        at[axis] += run;
        while (axis > 0 && at[axis] >= _extents[axis])
        {
            at[axis] = 0;
            at[--axis]++;
        }
    }

    Track TrackOf(Operand operand)
    {
        // In a space of one element a coordinate is one number. An output that is constant along a row is the row reduced.
        int inner = operand.Strides.Length > 0 ? operand.Strides[^1] : operand.IsCoordinate ? 0 : 1;
        bool constant = _tiled ? !operand.Strides.AsSpan().ContainsAnyExcept(0) && !operand.IsCoordinate : inner == 0;
        bool direct = !operand.IsCoordinate && (_tiled ? operand.Strides.AsSpan().SequenceEqual(Space.Contiguous(_extents)) : inner == 1);
        bool listed = !_tiled && inner is 0 or 1 && operand.IsCoordinate && CoordinateList.Holds(operand, _extents);
        Access access = constant ? Access.Constant : direct || listed ? Access.Direct : Access.Packed;
        return new Track(access, operand.Strides, operand.Offset, operand.Type.ItemSize, operand.IsCoordinate && !listed, listed);
    }

    sealed class Track(Access access, int[] strides, int offset, int itemSize, bool isCoordinate, bool isListed)
    {
        /// <summary>Bytes from a row of the inner axis to the next.</summary>
        public nint Step { get; } = strides.Length < 2 ? 0 : (nint)strides[^2] * itemSize;

        public Access Access => access;

        public int Offset => offset;

        public int ItemSize => itemSize;

        public bool IsCoordinate => isCoordinate;

        /// <summary>First byte of what is read or written.</summary>
        public byte* Memory(byte* bound) => isListed ? CoordinateList.First : bound;

        public int At(int* at)
        {
            int place = offset;
            for (int axis = 0; axis < strides.Length; axis++)
            {
                place += at[axis] * strides[axis];
            }

            return place;
        }

        // Where the kernel finds a run of this operand that begins at element `place`.
        public byte* Prepare(byte* memory, int place, int run, ref byte* free)
        {
            if (access != Access.Packed && !isCoordinate)
            {
                return Memory(memory) + ((nint)place * itemSize);
            }

            byte* tile = free;
            free += Tile * sizeof(long);
            if (isCoordinate)
            {
                bool constant = access == Access.Constant || strides.Length == 0;
                Strided.Ramp(place, constant ? 0 : strides[^1], (int*)tile, access == Access.Constant ? 1 : run);
            }
            else
            {
                Pack(memory, place, tile, run);
            }

            return tile;
        }

        public void Finish(byte* memory, int place, byte* tile, int run)
        {
            if (access == Access.Packed)
            {
                Unpack(memory, place, tile, run);
            }
        }

        public void Pack(byte* memory, int place, byte* tile, int run)
        {
            nint stride = strides.Length == 0 ? 1 : strides[^1];
            switch (isCoordinate ? 0 : itemSize)
            {
                case 0:
                    Strided.Ramp(place, (int)stride, (int*)tile, run);
                    break;
                case 1:
                    Strided.Gather(memory + place, stride, tile, run);
                    break;
                case 2:
                    Strided.Gather((short*)memory + place, stride, (short*)tile, run);
                    break;
                case 4:
                    Strided.Gather((int*)memory + place, stride, (int*)tile, run);
                    break;
                default:
                    Strided.Gather((long*)memory + place, stride, (long*)tile, run);
                    break;
            }
        }

        public void Unpack(byte* memory, int place, byte* tile, int run)
        {
            nint stride = strides.Length == 0 ? 1 : strides[^1];
            switch (itemSize)
            {
                case 1:
                    Strided.Scatter(tile, memory + place, stride, run);
                    break;
                case 2:
                    Strided.Scatter((short*)tile, (short*)memory + place, stride, run);
                    break;
                case 4:
                    Strided.Scatter((int*)tile, (int*)memory + place, stride, run);
                    break;
                default:
                    Strided.Scatter((long*)tile, (long*)memory + place, stride, run);
                    break;
            }
        }
    }
}
