using System.Diagnostics;
using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;
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
    PlanMemory? _memory;
    LaunchFacts[]? _facts;

    public KernelPlan(PlanGraph recorded, ExecutionOptions options)
        : this(recorded, options, options.Executor == Executor.Interpreter ? Interpreted : Compiled)
    {
    }

    public KernelPlan(PlanGraph recorded, ExecutionOptions options, MapKernelCache kernels)
    {
        (_graph, _views) = Simplifier.Run(recorded);
        _launches = Fuser.Run(_graph, _views, options.Fusion);
        if (options.Fusion && Rematerializer.Run(_graph, _views, _launches) is { } smaller)
        {
            _graph = smaller;
            _launches = Fuser.Run(_graph, _views, fuse: true);
        }

        _buffers = new BufferPlan(_graph, _views, _launches);
        var builder = new StepBuilder(_views, _launches.Inline, _buffers, options, kernels);
        _steps = [.. _launches.Groups.Select(builder.Build)];
        (_offsets, _arenaBytes) = _buffers.Lay();
        _pointers = GC.AllocateArray<nint>(_buffers.Count, pinned: true);
    }

    /// <summary>Bytes that <see cref="BindArena"/> wants.</summary>
    public nint ArenaBytes => _arenaBytes;

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

        BindArena(_arenaBytes == 0 ? null : Arena.Reserve(_arenaBytes));
        WorkerPool pool = WorkerPools.Of(options.Threads);
        foreach ((int slot, KeptLayout form, int buffer, bool ifOften) in _buffers.Kept)
        {
            Storage value = slots[slot];
            Storage? laid = value.Form(form);
            if (laid is null && (!ifOften || value.IsReadOften(form.Bytes)))
            {
                laid = InForm(value, form, pool, ifOften);
            }

            _pointers[buffer] = laid is null ? 0 : (nint)laid.Pointer;
        }

        Launch(pool);
        GC.KeepAlive(slots);
        GC.KeepAlive(assigned);
        return outputs;
    }

    /// <summary>Gives a slot, or behind the slots a result, its memory: for a plan that is part of another.</summary>
    public void Bind(int place, byte* memory) => _pointers[place] = (nint)memory;

    /// <summary>Gives the intermediate values their memory.</summary>
    public void BindArena(byte* arena)
    {
        int next = _pointers.Length - _offsets.Length;
        foreach (nint offset in _offsets)
        {
            _pointers[next++] = (nint)(arena + offset);
        }

        foreach ((_, _, int buffer, _) in _buffers.Kept)
        {
            _pointers[buffer] = 0;
        }
    }

    /// <summary>Runs the steps on the memory that was bound.</summary>
    public void Launch(WorkerPool pool)
    {
        fixed (nint* pointers = _pointers)
        {
            _memory = _memory?.Pool == pool ? _memory : new PlanMemory((byte**)pointers, pool);
            if (Profile.Running is { } profile)
            {
                RunTimed(_memory, profile);
            }
            else
            {
                foreach (Step step in _steps)
                {
                    step.Run(_memory);
                }
            }
        }

        Diagnostics.KernelRun(_steps.Length);
    }

    static Storage InForm(Storage value, KeptLayout form, WorkerPool pool, bool ifOften) => value.InForm(form, value => Laid(value, form, pool, ifOften));

    // A new process waits less for small pages; what is read often is worth huge ones.
    static Storage Laid(Storage constant, KeptLayout form, WorkerPool pool, bool ifOften)
    {
        using IDisposable? pages = ifOften ? null : Storage.InSmallPages();
        var laid = Storage.Allocate(form.Bytes);
        form.Write(pool, constant.Pointer, laid.Pointer);
        return laid;
    }

    void RunTimed(PlanMemory memory, Profile profile)
    {
        _facts ??= [.. _launches.Groups.Select(group => LaunchFacts.Of(group, _views, _launches.Inline, _buffers))];
        int plan = profile.NextPlan();
        for (int i = 0; i < _steps.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _steps[i].Run(memory);
            profile.Add(_facts[i], plan, start, Stopwatch.GetTimestamp());
        }
    }

    public bool InPlace(int assignment) => _buffers.IsInPlace(assignment);

    /// <summary>What one run moves and computes.</summary>
    public PlanTraffic Traffic() => PlanTraffic.Of(_graph, _launches, _views, _buffers, _steps);

    public string Explain() => PlanText.Of(_launches, _views, _buffers, _arenaBytes, Traffic());
}
