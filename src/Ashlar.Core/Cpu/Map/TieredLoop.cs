using System.Diagnostics.CodeAnalysis;
using Ashlar.Ir;

namespace Ashlar.Cpu.Map;

/// <summary>An emitted loop that is compiled once more, for several vectors side by side, when it has worked for a while.</summary>
sealed class TieredLoop
{
    // So much work that compiling once more, some milliseconds, is soon won back.
    const long WorkBeforeTogether = 1 << 20;

    readonly LaneProgram _program;
    readonly int _inputs;
    readonly ReduceKind?[] _folds;
    readonly int _together;
    MapLoop _loop;
    long _work;

    /// <param name="program">What is computed.</param>
    /// <param name="inputs">Number of input operands.</param>
    /// <param name="folds">For each output how its rows are reduced, or null; empty if none is.</param>
    /// <param name="together">Vectors side by side from the first run on.</param>
    [RequiresDynamicCode("Emits IL.")]
    public TieredLoop(LaneProgram program, int inputs, ReduceKind?[] folds, int together = 1)
    {
        (_program, _inputs, _folds) = (program, inputs, folds);
        _loop = MapEmitter.Compile(program, inputs, 0, folds, together);
        _together = Interleaving.Of(program, folds);
    }

    /// <summary>The loop as it is now.</summary>
    public MapLoop Now => _loop;

    /// <summary>The loop for as many elements: who passes the border compiles, and a lost addition of another thread only delays it.</summary>
    public MapLoop For(long elements)
    {
        if (_together > 1 && _work < WorkBeforeTogether && (_work += elements) >= WorkBeforeTogether)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.CompileTogether(), this, preferLocal: false);
        }

        return _loop;
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "This loop exists only where the runtime compiles.")]
    void CompileTogether() => Volatile.Write(ref _loop, MapEmitter.Compile(_program, _inputs, 0, _folds, _together));
}
