using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Primitives.Sort;

namespace Ashlar.Cpu.Library;

/// <summary>The indices that sort an axis. One item is one line along it. Key and index together order all elements strictly, so every way of sorting gives the same result:
/// insertion for short lines, a bounded list where few places are wanted, what stands below a border where some are,
/// else a radix sort by bytes (least significant first, bytes that all share are skipped).</summary>
sealed unsafe class ArgSortKernel : LibraryKernel
{
    const int ShortLine = 40;
    const int FewPlaces = 128;
    const int WordsOfBlock = 1024;
    const int BorderBits = 12;
    const int Columns = 128;

    readonly KeyReader _reader;
    readonly bool _descending;
    readonly bool _floating;
    readonly int _extent;
    readonly int _inner;
    readonly int _count;
    readonly int _bytes;

    /// <param name="type">Dtype of x.</param>
    /// <param name="shape">Shape of x.</param>
    /// <param name="attributes">Axis, order and number of places.</param>
    public ArgSortKernel(DType type, Shape shape, SortAttributes attributes)
        : base(
            attributes.Count == 0 ? 0 : new Shape(shape.Extents[..attributes.Axis]).Size * new Shape(shape.Extents[(attributes.Axis + 1)..]).Size,
            16L * shape[attributes.Axis])
    {
        _reader = new KeyReader(type, attributes.Descending);
        _descending = attributes.Descending;
        _floating = type.IsFloating;
        _extent = shape[attributes.Axis];
        _inner = new Shape(shape.Extents[(attributes.Axis + 1)..]).Size;
        _count = attributes.Count;
        _bytes = type.ItemSize;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        bool few = _count <= FewPlaces && _extent > 4 * _count;
        int room = few ? _count + 1 : _extent;
        var keys = (ulong*)scratch.Take((nint)room * sizeof(ulong));
        var places = (int*)scratch.Take((nint)room * sizeof(int));
        bool radix = !few && _extent > ShortLine;
        ulong* otherKeys = radix ? (ulong*)scratch.Take((nint)room * sizeof(ulong)) : null;
        int* otherPlaces = radix ? (int*)scratch.Take((nint)room * sizeof(int)) : null;
        for (int item = first; item < end; item++)
        {
            nint line = ((nint)(item / _inner) * _extent * _inner) + (item % _inner);
            int* order = places;
            if (few)
            {
                if (_bytes == 4 && _inner == 1)
                {
                    SelectWords((uint*)operands[0] + line, keys, places, scratch);
                }
                else
                {
                    Select(operands[0], line, keys, places);
                }
            }
            else if (radix && _bytes == 4 && _inner == 1 && _extent > 4 * _count)
            {
                int candidates = Below((uint*)operands[0] + line, keys, places, (uint*)otherKeys);
                order = Radix(keys, places, otherKeys, otherPlaces, candidates, 8 - _bytes);
            }
            else
            {
                for (int i = 0; i < _extent; i++)
                {
                    keys[i] = _reader.Key(operands[0], line + ((nint)i * _inner));
                    places[i] = i;
                }

                if (radix)
                {
                    order = Radix(keys, places, otherKeys, otherPlaces, _extent, 8 - _bytes);
                }
                else
                {
                    for (int i = 1; i < _extent; i++)
                    {
                        Insert(keys, places, i, keys[i], i);
                    }
                }
            }

            long* y = (long*)operands[1] + ((nint)(item / _inner) * _count * _inner) + (item % _inner);
            for (int i = 0; i < _count; i++)
            {
                y[(nint)i * _inner] = order[i];
            }
        }

        scratch.Release(mark);
    }

    // The best so far stand in order; a candidate comes later than all of them, so it goes behind its equals.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Select(byte* x, nint line, ulong* keys, int* places)
    {
        int found = 0;
        for (int i = 0; i < _extent; i++)
        {
            ulong key = _reader.Key(x, line + ((nint)i * _inner));
            if (found < _count)
            {
                Insert(keys, places, found++, key, i);
            }
            else if (key < keys[_count - 1])
            {
                Insert(keys, places, _count - 1, key, i);
            }
        }
    }

    // Most words are not below the worst of the best so far, which a comparison tells of a vector of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SelectWords(uint* x, ulong* keys, int* places, ThreadScratch scratch)
    {
        nint mark = scratch.Mark;
        uint* words = (uint*)scratch.Take(WordsOfBlock * sizeof(uint));
        uint* least = (uint*)scratch.Take((Columns + WideSort.RoomBehind + Columns) * sizeof(uint));
        int found = 0;
        uint border = uint.MaxValue;
        for (int start = 0; start < _extent; start += WordsOfBlock)
        {
            int count = Math.Min(WordsOfBlock, _extent - start);
            OrderedWords.From(x + start, words, count, _floating, _descending);
            if (start == 0 && WideSort.IsSupported && 2 * _count <= Columns && count >= 2 * Columns)
            {
                border = Bound(words, count, least);
            }

            for (int i = 0; i < count; i += Vector256<uint>.Count)
            {
                int present = Math.Min(Vector256<uint>.Count, count - i);
                uint candidates = (1u << present) - 1;
                if (present == Vector256<uint>.Count && (found == _count || border != uint.MaxValue))
                {
                    candidates = Vector256.LessThan(Vector256.Load(words + i), Vector256.Create(border)).ExtractMostSignificantBits();
                }

                for (; candidates != 0; candidates &= candidates - 1)
                {
                    int place = i + BitOperations.TrailingZeroCount(candidates);
                    if (found < _count)
                    {
                        Insert(keys, places, found++, words[place], start + place);
                        border = found == _count ? (uint)keys[_count - 1] : border;
                    }
                    else if (words[place] < border)
                    {
                        Insert(keys, places, _count - 1, words[place], start + place);
                        border = (uint)keys[_count - 1];
                    }
                }
            }
        }

        scratch.Release(mark);
    }

    // No wanted word reaches the one behind the last wanted of the columns' least, each of which is a word itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    uint Bound(uint* words, int count, uint* least)
    {
        for (int column = 0; column < Columns; column += 2 * Vector512<uint>.Count)
        {
            uint* at = words + column;
            Vector512<uint> a = Vector512.Load(at);
            Vector512<uint> b = Vector512.Load(at + Vector512<uint>.Count);
            for (int i = Columns; i <= count - Columns; i += Columns)
            {
                a = Vector512.Min(a, Vector512.Load(at + i));
                b = Vector512.Min(b, Vector512.Load(at + i + Vector512<uint>.Count));
            }

            a.Store(least + column);
            b.Store(least + column + Vector512<uint>.Count);
        }

        WideSort.Run(least, least + Columns, Columns);
        uint last = least[_count - 1];
        return last == uint.MaxValue ? last : last + 1;
    }

    // The words whose upper bits are not above those of the last wanted one, in the order of their places.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Below(uint* x, ulong* keys, int* places, uint* words)
    {
        OrderedWords.From(x, words, _extent, _floating, _descending);
        int* counts = stackalloc int[1 << BorderBits];
        for (int i = 0; i < _extent; i++)
        {
            counts[words[i] >> (32 - BorderBits)]++;
        }

        uint digit = 0;
        for (int below = counts[0]; below < _count; below += counts[digit])
        {
            digit++;
        }

        uint border = (digit << (32 - BorderBits)) | (uint.MaxValue >> BorderBits);
        int found = 0;
        for (int i = 0; i < _extent; i++)
        {
            uint word = words[i];
            keys[found] = (ulong)word << 32;
            places[found] = i;
            found += word <= border ? 1 : 0;
        }

        return found;
    }

    static void Insert(ulong* keys, int* places, int at, ulong key, int place)
    {
        for (; at > 0 && keys[at - 1] > key; at--)
        {
            keys[at] = keys[at - 1];
            places[at] = places[at - 1];
        }

        keys[at] = key;
        places[at] = place;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int* Radix(ulong* keys, int* places, ulong* otherKeys, int* otherPlaces, int count, int lowest)
    {
        int* starts = stackalloc int[256];
        for (int shift = 8 * lowest; shift < 64; shift += 8)
        {
            new Span<int>(starts, 256).Clear();
            for (int i = 0; i < count; i++)
            {
                starts[(byte)(keys[i] >> shift)]++;
            }

            if (starts[(byte)(keys[0] >> shift)] == count)
            {
                continue;
            }

            int sum = 0;
            for (int digit = 0; digit < 256; digit++)
            {
                (starts[digit], sum) = (sum, sum + starts[digit]);
            }

            for (int i = 0; i < count; i++)
            {
                int to = starts[(byte)(keys[i] >> shift)]++;
                otherKeys[to] = keys[i];
                otherPlaces[to] = places[i];
            }

            ulong* sortedKeys = otherKeys;
            int* sortedPlaces = otherPlaces;
            otherKeys = keys;
            otherPlaces = places;
            keys = sortedKeys;
            places = sortedPlaces;
        }

        return places;
    }
}
