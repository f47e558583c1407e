using System.Runtime.InteropServices;
using Ashlar.Cpu;
using Ashlar.Cpu.Library;
using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Tests.Cpu.Library;

/// <summary>One node on given operands: its library kernel against its primitive's own definition.</summary>
sealed unsafe class KernelTrial
{
    const int Guard = 64;
    const byte GuardByte = 0xA5;

    static readonly WorkerPool[] Pools = [new(1), new(2), new(3), new(7)];

    readonly Node _node;
    readonly HostArray[] _inputs;
    readonly LibraryKernel _kernel;

    /// <param name="node">A node whose inputs are slots.</param>
    /// <param name="inputs">Their elements, row-major.</param>
    public KernelTrial(Node node, params byte[][] inputs)
        : this(node, StepBuilder.KernelOf(node), inputs)
    {
    }

    /// <param name="node">A node whose inputs are slots.</param>
    /// <param name="kernel">What is to compute it.</param>
    /// <param name="inputs">Their elements, row-major.</param>
    public KernelTrial(Node node, LibraryKernel kernel, params byte[][] inputs)
    {
        _node = node;
        _kernel = kernel;
        _inputs = new HostArray[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            _inputs[i] = new HostArray(node.Inputs[i].Type, node.Inputs[i].Shape);
            Assert.Equal(_inputs[i].Bytes.Length, inputs[i].Length);
            inputs[i].CopyTo(_inputs[i].Bytes, 0);
        }
    }

    /// <summary>Requires the definition's bits on 1, 2, 3 and 7 threads, and that nothing beside the result is written.</summary>
    public void Require()
    {
        var expected = new HostArray(_node.Type, _node.Shape);
        _node.Primitive.Evaluate(_node, _inputs, expected);
        foreach (WorkerPool pool in Pools)
        {
            byte[] memory = new byte[expected.Bytes.Length + (2 * Guard)];
            Array.Fill(memory, GuardByte);
            Run(pool, 1, memory);
            Assert.All(memory[..Guard], b => Assert.Equal(GuardByte, b));
            Assert.All(memory[^Guard..], b => Assert.Equal(GuardByte, b));
            var actual = new HostArray(_node.Type, _node.Shape);
            memory.AsSpan(Guard, actual.Bytes.Length).CopyTo(actual.Bytes);
            for (int i = 0; i < _node.Shape.Size; i++)
            {
                if (expected[i] != actual[i] && !(double.IsNaN(expected.ToDouble(i)) && double.IsNaN(actual.ToDouble(i))))
                {
                    Node from = _node.Inputs[0];
                    Assert.Fail($"{_node} {_node.Attributes} of {from.Type.Name}{from.Shape}, {pool.Threads} threads, element {i}: {expected[i]:x} expected, {actual[i]:x} found");
                }
            }
        }
    }

    /// <summary>Runs the kernel on one of the pools, 0 for a single thread, and gives up the result.</summary>
    public void Run(int pool) => Run(Pools[pool], 1, new byte[(_node.Shape.Size * _node.Type.ItemSize) + (2 * Guard)]);

    /// <summary>Bytes that many runs on one thread allocate on the managed heap once everything is warm.</summary>
    public long AllocatedBytes()
    {
        byte[] memory = new byte[(_node.Shape.Size * _node.Type.ItemSize) + (2 * Guard)];
        Run(Pools[0], 3, memory);
        return Run(Pools[0], 50, memory);
    }

    long Run(WorkerPool pool, int times, byte[] memory)
    {
        var pins = new GCHandle[_inputs.Length + 1];
        byte** operands = stackalloc byte*[pins.Length];
        for (int i = 0; i < pins.Length; i++)
        {
            pins[i] = GCHandle.Alloc(i < _inputs.Length ? _inputs[i].Bytes : memory, GCHandleType.Pinned);
            operands[i] = (byte*)pins[i].AddrOfPinnedObject() + (i < _inputs.Length ? 0 : Guard);
        }

        try
        {
            long before = ManagedBytes.BeforeWork();
            for (int i = 0; i < times; i++)
            {
                _kernel.Run(pool, operands);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        finally
        {
            Array.ForEach(pins, pin => pin.Free());
        }
    }
}
