using Ashlar.Cpu.Map;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>A plan of kernel launches: what the compiled and the interpreted executor run.</summary>
sealed unsafe class KernelPlan : IPlan
{
    static readonly MapKernelCache Compiled = new(interpret: false);
    static readonly MapKernelCache Interpreted = new(interpret: true);

    readonly PlanGraph _graph;
    readonly BufferPlan _buffers;
    readonly Launches _launches;
    readonly Dictionary<Node, View> _views;
    readonly Step[] _steps;
    readonly nint[] _offsets;
    readonly nint _arenaBytes;
    readonly nint[] _pointers;

    public KernelPlan(PlanGraph recorded, ExecutionOptions options)
    {
        (_graph, _views) = Simplifier.Run(recorded);
        _launches = Fuser.Run(_graph, _views, options.Fusion);
        _buffers = new BufferPlan(_graph, _views, _launches);
        var builder = new StepBuilder(_views, _launches.Inline, _buffers, options.Executor == Executor.Interpreter ? Interpreted : Compiled);
        _steps = [.. _launches.Groups.Select(builder.Build)];
        (_offsets, _arenaBytes) = _buffers.Lay();
        _pointers = GC.AllocateArray<nint>(Math.Max(1, _buffers.Count), pinned: true);
    }

    public Storage[] Run(Storage[] slots, Storage[] assigned, ExecutionOptions options)
    {
        var outputs = new Storage[_graph.Outputs.Length];
        int next = 0;
        foreach (Storage slot in slots)
        {
            _pointers[next++] = (nint)slot.Pointer;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Storage.Allocate((nint)_graph.Outputs[i].Shape.Size * _graph.Outputs[i].Type.ItemSize);
            _pointers[next++] = (nint)outputs[i].Pointer;
        }

        foreach (Storage target in assigned)
        {
            _pointers[next++] = (nint)target.Pointer;
        }

        byte* arena = _arenaBytes == 0 ? null : Arena.Reserve(_arenaBytes);
        foreach (nint offset in _offsets)
        {
            _pointers[next++] = (nint)(arena + offset);
        }

        fixed (nint* pointers = _pointers)
        {
            var memory = new PlanMemory((byte**)pointers, WorkerPools.Of(options.Threads));
            foreach (Step step in _steps)
            {
                step.Run(memory);
            }
        }

        Diagnostics.KernelRun(_steps.Length);
        GC.KeepAlive(slots);
        GC.KeepAlive(assigned);
        return outputs;
    }

    public bool InPlace(int assignment) => _buffers.IsInPlace(assignment);

    public string Explain() => PlanText.Of(_launches, _views, _buffers, _arenaBytes);
}
