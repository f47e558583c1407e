using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>The map kernels made so far, by program and by which operands are constant along a run. Extents are arguments, so shapes are not part of the key.</summary>
sealed class MapKernelCache(bool interpret)
{
    readonly Dictionary<Key, MapKernel> _kernels = [];

    public IReadOnlyCollection<MapKernel> Kernels => _kernels.Values;

    public MapKernel Get(ScalarProgram program, bool[] constant)
    {
        var key = new Key(program, constant);
        lock (_kernels)
        {
            if (!_kernels.TryGetValue(key, out MapKernel? kernel))
            {
                kernel = interpret ? new InterpretedMapKernel(program, constant) : CompiledMapKernel.Compile(program, constant);
                _kernels.Add(key, kernel);
                Diagnostics.KernelCompiled();
            }

            return kernel;
        }
    }

    readonly struct Key(ScalarProgram program, bool[] constant) : IEquatable<Key>
    {
        readonly ScalarProgram _program = program;
        readonly bool[] _constant = constant;

        public bool Equals(Key other) => _program.Equals(other._program) && _constant.AsSpan().SequenceEqual(other._constant);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            int hash = _program.GetHashCode();
            foreach (bool flag in _constant)
            {
                hash = (hash * 2) ^ (flag ? 3 : 5);
            }

            return hash;
        }
    }
}
