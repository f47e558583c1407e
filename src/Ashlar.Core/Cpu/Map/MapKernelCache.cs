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
    public MapKernel Get(ScalarProgram program, bool[] constant, int streamed = 0)
    {
        streamed = interpret ? 0 : streamed;
        var key = new Key(program, constant, streamed);
        lock (_kernels)
        {
            if (!_kernels.TryGetValue(key, out MapKernel? kernel))
            {
                kernel = streamed != 0 ? StreamingMapKernel.Of(Get(program, constant), streamed)
                    : interpret ? new InterpretedMapKernel(program, constant)
                    : CompiledMapKernel.Compile(program, constant);
                _kernels.Add(key, kernel);
                Diagnostics.KernelCompiled();
            }

            return kernel;
        }
    }

    readonly struct Key(ScalarProgram program, bool[] constant, int streamed) : IEquatable<Key>
    {
        readonly ScalarProgram _program = program;
        readonly bool[] _constant = constant;
        readonly int _streamed = streamed;

        public bool Equals(Key other) => _streamed == other._streamed && _program.Equals(other._program) && _constant.AsSpan().SequenceEqual(other._constant);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            int hash = _program.GetHashCode() + _streamed;
            foreach (bool flag in _constant)
            {
                hash = (hash * 2) ^ (flag ? 3 : 5);
            }

            return hash;
        }
    }
}
