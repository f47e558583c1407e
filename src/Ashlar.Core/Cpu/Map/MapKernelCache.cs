using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>The map kernels made so far, by program and by which operands are constant along a run. Extents are arguments, so shapes are not part of the key.</summary>
sealed class MapKernelCache(bool interpret)
{
    readonly Dictionary<Key, MapKernel> _kernels = [];

    public IReadOnlyCollection<MapKernel> Kernels => _kernels.Values;

    /// <summary>The kernel of a program.</summary>
    /// <param name="program">What is computed per element.</param>
    /// <param name="constant">Per input, whether its element 0 serves every index.</param>
    /// <param name="streamed">A bit for each output that is written past the caches.</param>
    /// <param name="folds">For each output how its rows are reduced, or null; empty if none is.</param>
    public MapKernel Get(ScalarProgram program, bool[] constant, int streamed = 0, ReduceKind?[]? folds = null)
    {
        streamed = interpret ? 0 : streamed;
        folds ??= [];
        var key = new Key(program, constant, streamed, folds);
        lock (_kernels)
        {
            if (!_kernels.TryGetValue(key, out MapKernel? kernel))
            {
                kernel = streamed != 0 ? StreamingMapKernel.Of(Get(program, constant, 0, folds), streamed, folds)
                    : folds.Length > 0 ? FoldingMapKernel.Of(program, constant, folds, interpret, () => Get(program, constant))
                    : interpret ? new InterpretedMapKernel(program, constant)
                    : CompiledMapKernel.Compile(program, constant);
                _kernels.Add(key, kernel);
                Diagnostics.KernelCompiled();
            }

            return kernel;
        }
    }

    readonly struct Key(ScalarProgram program, bool[] constant, int streamed, ReduceKind?[] folds) : IEquatable<Key>
    {
        readonly ScalarProgram _program = program;
        readonly bool[] _constant = constant;
        readonly int _streamed = streamed;
        readonly ReduceKind?[] _folds = folds;

        public bool Equals(Key other) => _streamed == other._streamed && _program.Equals(other._program) && _constant.AsSpan().SequenceEqual(other._constant) && _folds.AsSpan().SequenceEqual(other._folds);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            int hash = _program.GetHashCode() + _streamed + (31 * _folds.Length);
            foreach (bool flag in _constant)
            {
                hash = (hash * 2) ^ (flag ? 3 : 5);
            }

            return hash;
        }
    }
}
