using Ashlar.Calls;
using Ashlar.Ir;
using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>A function that was recorded once: a run binds values to its plan and records, reads and looks up nothing.</summary>
/// <remarks>Results have the bits of recording it anew. What depends on none of the arguments is computed once, when the function is closed.</remarks>
public sealed class RecordedFunction
{
    readonly BodyGraph _body;
    readonly int _arguments;
    readonly Storage[] _memory;
    readonly bool[] _isScalar;
    readonly Node[] _captured;

    // What is computed, each node once, and for each result its place among that, or the complement of the slot that it is.
    readonly Node[] _computed;
    readonly int[] _places;
    readonly List<(Executor Executor, bool Fusion, bool Fast, IPlan Plan)> _plans = [];

    RecordedFunction(BodyGraph body, int arguments, Node[] captured)
    {
        (_body, _arguments, _captured) = (body, arguments, captured);
        _isScalar = [.. new bool[arguments], .. captured.Select(node => node.Value is null)];
        _memory = [.. new Storage[arguments], .. captured.Select(Evaluator.Value)];
        _computed = [.. body.Results.Distinct().Where(result => Array.IndexOf(body.Slots, result) < 0)];
        _places = [.. body.Results.Select(result => Array.IndexOf(body.Slots, result) is >= 0 and int slot ? ~slot : Array.IndexOf(_computed, result))];
    }

    /// <summary>Number of nodes outside that the function reads: constants, computed ones among them.</summary>
    public int Captured => _captured.Length;

    /// <summary>Stand-ins for the arguments, without gradient: record the function on them, then <see cref="Close"/> it. Reading the value of what depends on one throws <see cref="InvalidOperationException"/>.</summary>
    /// <param name="like">Nodes of the arguments' shapes and dtypes.</param>
    public static Node[] Arguments(ReadOnlySpan<Node> like)
    {
        var arguments = new Node[like.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Node.Slot(like[i].Shape, like[i].Type, i);
        }

        return arguments;
    }

    /// <summary>Closes a function over what it reads.</summary>
    /// <param name="arguments">As <see cref="Arguments"/> gave them.</param>
    /// <param name="results">What was recorded on them.</param>
    /// <exception cref="ArgumentException">It reads a variable, or a value with a gradient: those may change.</exception>
    public static RecordedFunction Close(Node[] arguments, Node[] results)
    {
        (BodyGraph[] bodies, Node[] captured) = BodyGraph.Close(arguments, results);
        if (Array.Find(captured, node => node.IsTraced) is { } traced)
        {
            throw new ArgumentException($"RecordedFunction: it reads {traced}, which depends on a variable or is watched by a gradient, so its value may change. Make it an argument.", nameof(results));
        }

        Node[] pending = [.. captured.Where(node => node.IsPending)];
        if (pending.Length > 0)
        {
            Evaluator.Evaluate(pending);
        }

        return new RecordedFunction(bodies[0], arguments.Length, captured);
    }

    /// <summary>Computes the results now.</summary>
    /// <param name="arguments">One for each stand-in, of its shape and dtype; pending ones are computed first.</param>
    /// <returns>A constant for each result.</returns>
    /// <exception cref="ArgumentException">The number of arguments, a shape or a dtype differs.</exception>
    /// <exception cref="DivideByZeroException">An integer is divided by 0; the message tells the divisor.</exception>
    public Node[] Run(ReadOnlySpan<Node> arguments)
    {
        Check(arguments);
        ExecutionOptions options = Execution.Options;
        if (options.Checks != NumericsChecks.None)
        {
            return Anew(arguments);
        }

        try
        {
            lock (Evaluator.Gate)
            {
                return Results(arguments, Launch(arguments, options));
            }
        }
        catch (DivideByZeroException)
        {
            return Anew(arguments);
        }
    }

    /// <summary>The launches of a run and why they are as they are.</summary>
    public string Explain()
    {
        lock (Evaluator.Gate)
        {
            return PlanOf(Execution.Options).Explain();
        }
    }

    // By the ordinary way, which searches values and explains faults.
    Node[] Anew(ReadOnlySpan<Node> arguments)
    {
        Node[] results = _body.On([.. arguments, .. _captured]);
        Evaluator.Evaluate(results);
        return results;
    }

    Storage[] Launch(ReadOnlySpan<Node> arguments, ExecutionOptions options)
    {
        bool isPending = false;
        foreach (Node argument in arguments)
        {
            isPending |= argument.IsPending;
        }

        if (isPending)
        {
            Evaluator.Evaluate(arguments);
        }

        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                _memory[i] = Evaluator.Value(arguments[i]);
            }

            Storage[] outputs = _computed.Length == 0 ? [] : PlanOf(options).Run(_memory, [], options);
            Diagnostics.PlanRun();
            return outputs;
        }
        finally
        {
            _memory.AsSpan(0, _arguments).Clear();
        }
    }

    Node[] Results(ReadOnlySpan<Node> arguments, Storage[] outputs)
    {
        var results = new Node[_places.Length];
        for (int i = 0; i < results.Length; i++)
        {
            int place = _places[i];
            results[i] = place >= 0 ? Node.Constant(outputs[place], _computed[place].Shape, _computed[place].Type) : ~place < arguments.Length ? arguments[~place] : _captured[~place - arguments.Length];
        }

        return results;
    }

    IPlan PlanOf(ExecutionOptions options)
    {
        foreach ((Executor executor, bool fusion, bool fast, IPlan plan) in _plans)
        {
            if (executor == options.Executor && fusion == options.Fusion && fast == options.Fast)
            {
                return plan;
            }
        }

        var graph = new PlanGraph(_isScalar, _computed, []) { Changing = _arguments };
        IPlan made = options.Executor == Executor.Reference ? new ReferencePlan(graph) : new KernelPlan(graph, options);
        Diagnostics.PlanBuilt();
        _plans.Add((options.Executor, options.Fusion, options.Fast, made));
        return made;
    }

    void Check(ReadOnlySpan<Node> arguments)
    {
        if (arguments.Length != _arguments)
        {
            throw new ArgumentException($"RecordedFunction: it takes {_arguments} arguments, given are {arguments.Length}. Give one for each stand-in.", nameof(arguments));
        }

        for (int i = 0; i < _arguments; i++)
        {
            (Node given, Node slot) = (arguments[i], _body.Slots[i]);
            if (given.Type != slot.Type || !given.Shape.Equals(slot.Shape))
            {
                throw new ArgumentException($"RecordedFunction: argument {i} is {given.Type.Name}{given.Shape}, recorded was {slot.Type.Name}{slot.Shape}. Record the function for each shape and dtype.", nameof(arguments));
            }
        }
    }
}
