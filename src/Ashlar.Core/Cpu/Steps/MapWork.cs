using Ashlar.Cpu.Map;
using Ashlar.Kernels;

namespace Ashlar.Cpu.Steps;

/// <summary>A map loop with the plan's buffers bound to its operands.</summary>
sealed unsafe class MapWork
{
    // About what one core does in ten microseconds: enough to pay for claiming a chunk, little enough to share.
    const int WorkOfChunk = 1 << 18;
    const int SmallestChunk = 1024;

    // Equal shares for two or four threads, and whole vectors.
    const int ChunksTogether = 4;
    const int PlacesTogether = 64;

    readonly NestLoop _loop;
    readonly int[] _bindings;

    public MapWork(NestLoop loop)
    {
        _loop = loop;
        _bindings = [.. loop.Nest.Inputs.Select(operand => operand.Binding), .. loop.Nest.Outputs.Select(operand => operand.Binding)];
        int steps = Math.Max(4, loop.Nest.Program.Instructions.Length + (4 * _bindings.Length));
        int longest = Math.Max(SmallestChunk, WorkOfChunk / steps / SmallestChunk * SmallestChunk);
        int chunks = (Size + longest - 1) / longest;
        chunks = Math.Max(1, (chunks + ChunksTogether - 1) / ChunksTogether * ChunksTogether);
        ChunkSize = Math.Clamp(((Size + chunks - 1) / chunks + PlacesTogether - 1) / PlacesTogether * PlacesTogether, SmallestChunk, longest);
    }

    public LoopNest Nest => _loop.Nest;

    public int Size => _loop.Nest.Size;

    /// <summary>Whether the one result is the one operand, moved.</summary>
    public bool IsCopy => _loop.IsCopy;

    /// <summary>Whether an output is written past the caches: then a fence must follow before other threads read it.</summary>
    public bool Streams => _loop.Streams;

    /// <summary>The memory of the operands, inputs first.</summary>
    public int[] Bindings => _bindings;

    public int ChunkSize { get; }

    public int Chunks => (Size + ChunkSize - 1) / ChunkSize;

    public int OperandCount => _bindings.Length;

    /// <summary>Works on the flat places from start to end. A binding below 0 names scratch: number ~binding of the given pointers.</summary>
    public void Run(byte** buffers, byte** scratch, int start, int end)
    {
        byte** bases = stackalloc byte*[_bindings.Length];
        Bind(buffers, scratch, bases);
        _loop.Run(bases, start, end);
    }

    /// <summary>Whether <see cref="RunRectangle"/> can be asked for.</summary>
    public bool HasRectangles => _loop.HasRectangles;

    /// <summary>Works on a rectangle of the matrix that the space is, and writes the one result to memory of its own.</summary>
    public void RunRectangle(byte** buffers, int row, int rows, int column, int columns, byte* target)
    {
        byte** bases = stackalloc byte*[_bindings.Length];
        Bind(buffers, null, bases);
        _loop.RunRectangle(bases, row, rows, column, columns, target);
    }

    /// <summary>Whether <see cref="RunPartsOfRows"/> can be asked for.</summary>
    public bool HasPartsOfRows(int columns) => _loop.HasPartsOfRows(columns);

    /// <summary>Works on the first elements of rows of so many columns.</summary>
    public void RunPartsOfRows(byte** buffers, byte** scratch, int row, int rows, int columns, int count)
    {
        byte** bases = stackalloc byte*[_bindings.Length];
        Bind(buffers, scratch, bases);
        _loop.RunPartsOfRows(bases, row, rows, columns, count);
    }

    /// <summary>Finds the memory of every operand.</summary>
    public void Bind(byte** buffers, byte** scratch, byte** bases)
    {
        for (int i = 0; i < _bindings.Length; i++)
        {
            int binding = _bindings[i];
            bases[i] = binding >= 0 ? buffers[binding] : scratch is null ? null : scratch[~binding];
        }
    }

    /// <summary>Works on the flat places from start to end with operands found before.</summary>
    public void RunBound(byte** bases, int start, int end) => _loop.Run(bases, start, end);

    public void RunChunk(byte** buffers, int chunk)
    {
        int start = chunk * ChunkSize;
        Run(buffers, null, start, Math.Min(Size, start + ChunkSize));
    }
}
