using Ashlar.Calls;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>A loop with a condition: two plans that take turns, on carries that take turns in two places.</summary>
sealed unsafe class WhileStep : Step
{
    readonly KernelPlan _condition;
    readonly KernelPlan _body;
    readonly int[] _inputs;
    readonly int[] _results;
    readonly int _slots;
    readonly int _carries;
    readonly int _temporary;
    readonly nint _flag;
    readonly nint[] _bytes;
    readonly nint[] _places;
    readonly nint[] _current;

    /// <param name="loop">The call.</param>
    /// <param name="inputs">Buffers of the inputs.</param>
    /// <param name="results">For each carry its buffer, or -1 if nothing reads it.</param>
    /// <param name="options">How the functions are planned.</param>
    /// <param name="temporary">Takes bytes that live as long as the launch.</param>
    public WhileStep(WhileAttributes loop, int[] inputs, int[] results, ExecutionOptions options, Func<nint, int> temporary)
    {
        (_inputs, _results, _slots, _carries) = (inputs, results, loop.Body.Slots.Length, loop.Carries);
        _condition = loop.Condition.Plan([0], options);
        _body = loop.Body.Plan([.. Enumerable.Range(0, _carries)], options);
        _bytes = [.. loop.Body.Slots.Take(_carries).Select(Bytes)];
        _places = new nint[_carries];
        _current = new nint[_carries];
        _flag = BufferPlan.Rounded(Math.Max(_condition.ArenaBytes, _body.ArenaBytes));
        nint total = _flag + BufferPlan.Rounded(1);
        for (int i = 0; i < _carries; i++)
        {
            _places[i] = total;
            total += 2 * BufferPlan.Rounded(_bytes[i]);
        }

        _temporary = temporary(total);
    }

    public override void Run(PlanMemory memory)
    {
        byte* temporary = memory.Pointers[_temporary];
        _condition.BindArena(temporary);
        _body.BindArena(temporary);
        _condition.Bind(_slots, temporary + _flag);
        for (int i = 0; i < _inputs.Length; i++)
        {
            _condition.Bind(i, memory.Pointers[_inputs[i]]);
            _body.Bind(i, memory.Pointers[_inputs[i]]);
        }

        for (int i = 0; i < _carries; i++)
        {
            _current[i] = (nint)memory.Pointers[_inputs[i]];
        }

        for (int turn = 0; Holds(memory); turn ^= 1)
        {
            for (int i = 0; i < _carries; i++)
            {
                _body.Bind(i, (byte*)_current[i]);
                _current[i] = (nint)(temporary + _places[i] + (turn * BufferPlan.Rounded(_bytes[i])));
                _body.Bind(_slots + i, (byte*)_current[i]);
            }

            _body.Launch(memory.Pool);
        }

        for (int i = 0; i < _carries; i++)
        {
            if (_results[i] >= 0)
            {
                Buffer.MemoryCopy((byte*)_current[i], memory.Pointers[_results[i]], _bytes[i], _bytes[i]);
            }
        }
    }

    bool Holds(PlanMemory memory)
    {
        for (int i = 0; i < _carries; i++)
        {
            _condition.Bind(i, (byte*)_current[i]);
        }

        _condition.Launch(memory.Pool);
        return *(memory.Pointers[_temporary] + _flag) != 0;
    }

    static nint Bytes(Node node) => (nint)node.Shape.Size * node.Type.ItemSize;
}
