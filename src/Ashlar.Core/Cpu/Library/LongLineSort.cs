namespace Ashlar.Cpu.Library;

/// <summary>One line of many elements of four bytes, sorted by several threads: its words are parted by pivots three times, each part by one thread, and then each part is sorted.</summary>
/// <remarks>Sorted words are the same whatever the pivots were.</remarks>
sealed unsafe class LongLineSort(DType type, int count, bool descending) : IChunkWork
{
    const int Shortest = 1 << 14;
    const int MostLines = 4;
    const int Span = 1 << 13;
    const int Rounds = 3;

    readonly int[] _starts = new int[(1 << Rounds) + 1];
    uint* _x;
    uint* _y;
    uint* _words;
    uint* _other;
    Work _work;
    volatile bool _special;

    enum Work : byte
    {
        Read,
        Part,
        Sort,
        Write,
    }

    /// <summary>Whether the lines of a shape are sorted this way: few and long, in vectors of sixteen.</summary>
    public static bool Fits(DType type, Shape shape, int axis) =>
        WideSort.IsSupported && type.ItemSize == 4 && shape[axis] >= Shortest && shape.Size / shape[axis] <= MostLines && new Shape(shape.Extents[(axis + 1)..]).Size == 1;

    /// <summary>Sorts one line.</summary>
    /// <param name="pool">The threads that share the work.</param>
    /// <param name="x">[count].</param>
    /// <param name="y">[count].</param>
    /// <returns>Whether words do not tell all bits: there is a NaN or a -0.</returns>
    public bool Run(WorkerPool pool, uint* x, uint* y)
    {
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        _x = x;
        _y = y;
        _special = false;
        _words = (uint*)scratch.Take(((nint)count + WideSort.RoomBehind) * sizeof(uint));
        _other = (uint*)scratch.Take(((nint)count + (WideSort.RoomBehind << Rounds)) * sizeof(uint));
        Share(pool, Work.Read, Spans);
        (_starts[0], _starts[1]) = (0, count);
        int parts = 1;
        for (int round = 0; round < Rounds; round++, parts *= 2)
        {
            // Room for a border in each part, which its thread finds.
            for (int part = parts; part > 0; part--)
            {
                _starts[2 * part] = _starts[part];
            }

            Share(pool, Work.Part, parts);
        }

        Share(pool, Work.Sort, parts);
        Share(pool, Work.Write, Spans);
        scratch.Release(mark);
        return _special;
    }

    int Spans => (count + Span - 1) / Span;

    void Share(WorkerPool pool, Work work, int chunks)
    {
        _work = work;
        pool.Run(chunks, this);
    }

    void IChunkWork.Execute(int chunk)
    {
        int start = chunk * Span;
        switch (_work)
        {
            case Work.Read:
                if (OrderedWords.From(_x + start, _words + start, Math.Min(Span, count - start), type.IsFloating, descending))
                {
                    _special = true;
                }

                break;
            case Work.Part:
                int first = _starts[2 * chunk];
                int size = _starts[(2 * chunk) + 2] - first;
                _starts[(2 * chunk) + 1] = first + (size < Span / 4 ? 0 : WideSort.Halve(_words + first, Other(first, chunk), size));
                break;
            case Work.Sort:
                WideSort.Run(_words + _starts[chunk], Other(_starts[chunk], chunk), _starts[chunk + 1] - _starts[chunk]);
                break;
            default:
                OrderedWords.To(_words + start, _y + start, Math.Min(Span, count - start), type.IsFloating, descending);
                break;
        }
    }

    // Each part has room behind its own.
    uint* Other(int start, int part) => _other + start + (part * WideSort.RoomBehind);
}
