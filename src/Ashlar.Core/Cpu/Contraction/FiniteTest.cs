using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>Whether all of an operand is finite: then its products with padding are ±0.</summary>
sealed unsafe class FiniteTest : IChunkWork
{
    const int ElementsInChunk = 1 << 16;

    float* _data;
    long _length;
    volatile bool _isFinite;

    /// <param name="pool">Who looks.</param>
    /// <param name="data">First element.</param>
    /// <param name="length">How many.</param>
    public bool Holds(WorkerPool pool, float* data, long length)
    {
        _data = data;
        _length = length;
        _isFinite = true;
        if (length <= ElementsInChunk)
        {
            Execute(0);
        }
        else
        {
            pool.Run((int)((length + ElementsInChunk - 1) / ElementsInChunk), this);
        }

        _data = null;
        return _isFinite;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int chunk)
    {
        long first = (long)chunk * ElementsInChunk;
        float* x = _data + first;
        var count = (int)Math.Min(ElementsInChunk, _length - first);

        // Times zero what is finite is zero, and everything else NaN.
        Vector512<float> sum = default;
        int i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            sum += Vector512.Load(x + i) * Vector512<float>.Zero;
        }

        bool isFinite = Vector512.EqualsAll(sum, Vector512<float>.Zero);
        for (; i < count; i++)
        {
            isFinite &= float.IsFinite(x[i]);
        }

        if (!isFinite)
        {
            _isFinite = false;
        }
    }
}
