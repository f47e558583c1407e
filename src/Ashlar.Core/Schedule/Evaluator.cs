using Ashlar.Ir;
using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>Carries out pending graphs: finds or makes the plan, binds the leaves, runs, keeps the values.</summary>
public static class Evaluator
{
    /// <summary>Held while a plan runs: plans share the arena.</summary>
    internal static readonly Lock Gate = new();

    static readonly PlanCache Plans = new();

    /// <summary>The value of a node, computed now if it is pending.</summary>
    /// <exception cref="InvalidOperationException">It depends on a value of a variable that was overwritten since it was recorded.</exception>
    public static Storage Value(Node node)
    {
        if (ReferenceEquals(node.Primitive, SourcePrimitive.ScalarParameter))
        {
            return Number(node);
        }

        if (ReferenceEquals(node.Primitive, SourcePrimitive.Slot))
        {
            throw ReadInside();
        }

        if (node.Value is null)
        {
            Evaluate(node);
        }
        else if (node.Variable is { } variable && !variable.IsReadable(node))
        {
            throw Overwritten(variable);
        }

        return node.Value!;
    }

    /// <summary>Computes several nodes in one plan.</summary>
    /// <exception cref="InvalidOperationException">One depends on a value of a variable that was overwritten since it was recorded.</exception>
    public static void Evaluate(params ReadOnlySpan<Node> nodes) => Assign(nodes, []);

    /// <summary>Computes nodes and assigns variables in one plan.</summary>
    /// <param name="results">Nodes whose values are kept.</param>
    /// <param name="assignments">What becomes of which variables; all read the values from before.</param>
    /// <exception cref="ShapeException">A value has another shape than its variable.</exception>
    /// <exception cref="InvalidOperationException">A node depends on a value of a variable that was overwritten since it was recorded.</exception>
    public static void Assign(ReadOnlySpan<Node> results, ReadOnlySpan<Assignment> assignments)
    {
        foreach (Assignment assignment in assignments)
        {
            Check(assignment);
        }

        lock (Gate)
        {
            ExecutionOptions options = Execution.Options;
            RecordedGraph graph = RecordedGraph.Read(results, assignments, options);
            if (options.Checks != NumericsChecks.None)
            {
                graph = Checked(graph, results, assignments, options);
            }
            if (assignments.Length > 0)
            {
                SealOutdated(graph);
            }

            if (assignments.Length > 0 && SettleOutdated(graph))
            {
                graph = RecordedGraph.Read(results, assignments, options);
            }

            Run(graph, options);
        }
    }

    /// <summary>The plan that would compute the nodes, as text: kernels, nodes, shapes, fusion decisions.</summary>
    public static string Explain(ReadOnlySpan<Node> results, ReadOnlySpan<Assignment> assignments)
    {
        lock (Gate)
        {
            ExecutionOptions options = Execution.Options;
            return Plans.Get(RecordedGraph.Read(results, assignments, options), options).Explain();
        }
    }

    // A number has no memory of its own, and must not get one by being read: it would become another leaf of every plan.
    static unsafe Storage Number(Node node)
    {
        Storage storage = Storage.Allocate(sizeof(long));
        *(long*)storage.Pointer = node.Bits;
        return storage;
    }

    // Every node is computed and kept, then searched: the plan that follows finds its values ready.
    static RecordedGraph Checked(RecordedGraph graph, ReadOnlySpan<Node> results, ReadOnlySpan<Assignment> assignments, ExecutionOptions options)
    {
        Node[] pending = [.. graph.Order.Where(node => node.IsPending)];
        (Node, Node[])[] order = [.. graph.Order.Select(node => (node, node.Inputs.ToArray()))];
        ExecutionOptions plain = options with { Checks = NumericsChecks.None, Fusion = false };
        Run(RecordedGraph.Read(pending, [], plain), plain);
        NumericsSearch.Run(order, options.Checks);
        return RecordedGraph.Read(results, assignments, options);
    }

    static unsafe void Run(RecordedGraph graph, ExecutionOptions options)
    {
        if (graph.Outputs.Count == 0 && graph.Assignments.Length == 0)
        {
            return;
        }

        var slots = new Storage[graph.Slots.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            Node leaf = graph.Slots[i];
            if (leaf.Variable is { } variable && !variable.IsReadable(leaf))
            {
                throw Overwritten(variable);
            }

            if (ReferenceEquals(leaf.Primitive, SourcePrimitive.Slot))
            {
                throw ReadInside();
            }

            slots[i] = leaf.Value ?? ScalarSlots.Rent(leaf.Bits);
        }

        IPlan plan = Plans.Get(graph, options);
        Storage[] assigned = graph.Assignments.Length == 0 ? [] : new Storage[graph.Assignments.Length];
        for (int i = 0; i < assigned.Length; i++)
        {
            assigned[i] = graph.Assignments[i].Variable.Target(plan.InPlace(i), slots);
        }

        Storage[] outputs;
        try
        {
            outputs = plan.Run(slots, assigned, options);
        }
        catch (DivideByZeroException thrown)
        {
            throw DivisionFault.Explain(graph, thrown);
        }

        Diagnostics.PlanRun();
        foreach (Node node in graph.Order)
        {
            node.WasPassed = node.IsPending;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            graph.NodeAt(graph.Outputs[i]).SetValue(outputs[i]);
        }

        for (int i = 0; i < assigned.Length; i++)
        {
            graph.Assignments[i].Variable.Commit(assigned[i]);
        }

        for (int i = 0; i < slots.Length; i++)
        {
            if (graph.Slots[i].Value is null)
            {
                ScalarSlots.Return(slots[i]);
            }
        }
    }

    // What was recorded before the last update and is carried into this one must be computed before its variables are written again.
    // Such values stand for themselves from then on: carried state never drags its history along.
    static bool SettleOutdated(RecordedGraph graph)
    {
        if (!graph.Slots.Exists(leaf => leaf.Variable is { } variable && !IsCurrent(variable, leaf)))
        {
            return false;
        }

        var outdated = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var current = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var border = new List<Node>();
        foreach (Node node in graph.Order)
        {
            if (node.Variable is { } variable)
            {
                (IsCurrent(variable, node) ? current : outdated).Add(node);
            }
            else if (node.Value is null)
            {
                bool fromOutdated = false;
                foreach (Node input in node.Inputs)
                {
                    fromOutdated |= outdated.Contains(input);
                    if (current.Contains(input))
                    {
                        current.Add(node);
                    }
                }

                if (fromOutdated && !current.Contains(node))
                {
                    outdated.Add(node);
                }
            }
        }

        foreach (Node node in graph.Order)
        {
            if (current.Contains(node) && node.Value is null)
            {
                foreach (Node input in node.Inputs)
                {
                    AddBorder(input);
                }
            }
        }

        foreach (int output in graph.Outputs)
        {
            AddBorder(graph.NodeAt(output));
        }

        Evaluate(border.ToArray());
        foreach (Node node in border)
        {
            node.Seal();
        }

        return true;

        void AddBorder(Node node)
        {
            if (node.Value is null && outdated.Contains(node) && !border.Contains(node))
            {
                border.Add(node);
            }
        }
    }

    // The same for what was computed already, because somebody read it: with its operands it would keep all of the past alive.
    static void SealOutdated(RecordedGraph graph)
    {
        Node[] computed = [.. graph.Slots.Where(leaf => leaf.Inputs.Length > 0)];
        var current = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node node in GraphWalk.PostOrder(computed, node => node.IsTraced))
        {
            bool isCurrent = node.Variable is { } variable ? ReferenceEquals(variable.Leaf, node) : node.Primitive is IGradientSource;
            foreach (Node input in node.Inputs)
            {
                isCurrent |= current.Contains(input);
            }

            if (isCurrent)
            {
                current.Add(node);
            }
            else if (node.Value is not null)
            {
                node.Seal();
            }
        }
    }

    static bool IsCurrent(Variable variable, Node leaf) => variable.HasValue && ReferenceEquals(variable.Leaf, leaf);

    static void Check(Assignment assignment)
    {
        (Variable variable, Node value) = assignment;
        if (!value.Shape.Equals(variable.Shape) || value.Type != variable.Type)
        {
            throw new ShapeException($"Assign: variable '{variable.Name}' is {variable.Type.Name}{variable.Shape}, the value {value.Type.Name}{value.Shape}. Give a value of the variable's shape and dtype.");
        }
    }

    static InvalidOperationException ReadInside() => new(
        "Evaluate: a value was read inside a function that is recorded for many runs of it, as in Vmap, Control.Loop, Control.While or Control.Cond, where it stands for all of them and has no value yet. " +
        "Return it from the function, or choose between values with Where.");

    static InvalidOperationException Overwritten(Variable variable) => new(
        $"Evaluate: this value was recorded with an earlier value of '{variable.Name}', which updates have overwritten since. " +
        "Read it before the second update that follows, or call Keep() on it before the first.");
}
