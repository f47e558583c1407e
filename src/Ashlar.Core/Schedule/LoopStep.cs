using Ashlar.Calls;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>A loop: its body is a plan of its own that runs once for each step, on slices of stacked memory and on carries that take turns in two places.</summary>
sealed unsafe class LoopStep : Step
{
    readonly LoopAttributes _loop;
    readonly KernelPlan _body;
    readonly int[] _inputs;
    readonly int[] _results;
    readonly int[] _needed;
    readonly int[] _outputs;
    readonly int _temporary;
    readonly nint[] _bytes;
    readonly nint[] _places;
    readonly nint[] _current;

    /// <param name="loop">The call.</param>
    /// <param name="inputs">Buffers of the inputs.</param>
    /// <param name="results">For each result of the call its buffer, or -1 if nothing reads it.</param>
    /// <param name="options">How the body is planned.</param>
    /// <param name="temporary">Takes bytes that live as long as the launch.</param>
    public LoopStep(LoopAttributes loop, int[] inputs, int[] results, ExecutionOptions options, Func<nint, int> temporary)
    {
        (_loop, _inputs, _results) = (loop, inputs, results);
        int n = loop.Carries;
        _needed = Needed(loop, results);
        _outputs = [.. Enumerable.Range(n, loop.Outputs).Where(i => results[i] >= 0)];
        _body = loop.Body.Plan([.. _needed, .. _outputs], options);
        _bytes = [.. loop.Body.Slots.Select(Bytes), .. loop.Body.Results.Skip(n).Select(Bytes)];
        _places = new nint[n];
        _current = new nint[n];
        nint total = BufferPlan.Rounded(_body.ArenaBytes);
        foreach (int carry in _needed)
        {
            _places[carry] = total;
            total += 2 * BufferPlan.Rounded(_bytes[carry]);
        }

        _temporary = temporary(total);
    }

    /// <summary>Number of steps.</summary>
    public int Count => _loop.Steps;

    /// <summary>What one step moves and computes.</summary>
    public PlanTraffic Traffic() => _body.Traffic();

    public override void Run(PlanMemory memory)
    {
        int n = _loop.Carries;
        byte* temporary = memory.Pointers[_temporary];
        _body.BindArena(temporary);
        for (int i = n + _loop.Stacked; i < _inputs.Length; i++)
        {
            _body.Bind(i, memory.Pointers[_inputs[i]]);
        }

        foreach (int carry in _needed)
        {
            _current[carry] = (nint)memory.Pointers[_inputs[carry]];
            if (_loop.Steps == 0 && _results[carry] >= 0)
            {
                Copy(_current[carry], memory.Pointers[_results[carry]], _bytes[carry]);
            }
            else if (_loop.Steps > 0 && History(memory, carry, 0) is var first && first is not null)
            {
                Copy(_current[carry], first, _bytes[carry]);
            }
        }

        for (int step = 0; step < _loop.Steps; step++)
        {
            Step(memory, temporary, step);
        }
    }

    void Step(PlanMemory memory, byte* temporary, int step)
    {
        int n = _loop.Carries;
        int slice = _loop.SliceOf(step);
        for (int i = n; i < n + _loop.Stacked; i++)
        {
            _body.Bind(i, memory.Pointers[_inputs[i]] + (slice * _bytes[i]));
        }

        int place = _loop.Body.Slots.Length;
        foreach (int carry in _needed)
        {
            _body.Bind(carry, (byte*)_current[carry]);
            byte* next = step + 1 == _loop.Steps && _results[carry] >= 0 ? memory.Pointers[_results[carry]]
                : step + 1 < _loop.Steps && History(memory, carry, step + 1) is var kept && kept is not null ? kept
                : temporary + _places[carry] + ((step & 1) * BufferPlan.Rounded(_bytes[carry]));
            _current[carry] = (nint)next;
            _body.Bind(place++, next);
        }

        foreach (int output in _outputs)
        {
            _body.Bind(place++, memory.Pointers[_results[output]] + (slice * _bytes[_loop.Body.Slots.Length + output - n]));
        }

        _body.Launch(memory.Pool);
    }

    // Where a carry from before a step is kept, or null.
    byte* History(PlanMemory memory, int carry, int step)
    {
        int buffer = _results[_loop.Carries + _loop.Outputs + carry];
        return buffer < 0 ? null : memory.Pointers[buffer] + (_loop.SliceOf(step) * _bytes[carry]);
    }

    // The carries on which a wanted result depends, over any number of steps.
    static int[] Needed(LoopAttributes loop, int[] results)
    {
        int n = loop.Carries;
        var needed = new SortedSet<int>(Enumerable.Range(0, n).Where(i => results[i] >= 0 || results[n + loop.Outputs + i] >= 0));
        List<Node> roots = [.. Enumerable.Range(n, loop.Outputs).Where(i => results[i] >= 0).Select(i => loop.Body.Results[i])];
        int before;
        do
        {
            before = needed.Count;
            var reached = new HashSet<Node>(GraphWalk.PostOrder([.. roots, .. needed.Select(i => loop.Body.Results[i])], _ => true), ReferenceEqualityComparer.Instance);
            needed.UnionWith(Enumerable.Range(0, n).Where(i => reached.Contains(loop.Body.Slots[i])));
        }
        while (needed.Count > before);
        return [.. needed];
    }

    static void Copy(nint from, byte* to, nint bytes) => Buffer.MemoryCopy((byte*)from, to, bytes, bytes);

    static nint Bytes(Node node) => (nint)node.Shape.Size * node.Type.ItemSize;
}
