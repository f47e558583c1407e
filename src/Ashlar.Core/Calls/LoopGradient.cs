using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Calls;

/// <summary>The vjp of a loop: the loop backwards. It carries the carries' cotangents and reads the carries from before each step, which the loop forwards stacks.</summary>
/// <remarks>
/// The gradient of a captured value is a sum over the steps. Where each step adds a product or a sum, the steps stack the operands and one product or sum after the loop takes in the steps as its outermost
/// axis: one large product in place of many small ones. Other sums are carried; they run from the last step to the first and begin at -0, which changes no addend.
/// Products of a step that its gradient reads, or what a chain of maps makes of them, are stacked by the loop forwards where computing them again costs more than the memory's traffic;
/// everything else of a step is computed again.
/// </remarks>
sealed class LoopGradient
{
    // A product whose operations for each byte of its result are fewer is computed again: about where a processor waits as long for memory.
    const long LeastOperationsOfByte = 10;

    readonly LoopAttributes _loop;
    readonly Node[] _inputs;
    readonly int _carries;
    readonly int _fixedFrom;

    /// <param name="node">A result of the loop.</param>
    public LoopGradient(Node node)
    {
        _loop = (LoopAttributes)node.Attributes!;
        _inputs = node.Inputs.ToArray();
        _carries = _loop.Carries;
        _fixedFrom = _carries + _loop.Stacked;
    }

    public Node?[] Of(ReadOnlySpan<Node> results, ReadOnlySpan<Node> cotangents)
    {
        using Node.NoGradientScope scope = Node.WithGradient();
        Node?[] given = Given(results, cotangents);
        int[] floating = [.. Enumerable.Range(0, _inputs.Length).Where(i => _inputs[i].Type.IsFloating)];
        int[] carried = [.. floating.Where(i => i < _carries)];
        int[] summed = [.. floating.Where(i => i >= _fixedFrom)];
        int[] sliced = [.. floating.Where(i => i >= _carries && i < _fixedFrom)];
        int[] stackedGiven = [.. Enumerable.Range(_carries, given.Length - _carries).Where(i => given[i] is not null)];
        Node[] products = Dear(_loop.Body.Results);

        // One step backwards, on arguments: sums first, then slices of carries, stacked inputs, stacked cotangents and products.
        Node[] starts = [.. carried.Select(i => given[i] ?? NegativeZeros(_inputs[i])), .. summed.Select(i => NegativeZeros(_inputs[i]))];
        Node[] slicesOf = [.. _loop.Body.Slots[.._fixedFrom], .. stackedGiven.Select(ResultOfStep), .. products];
        Node[] arguments = BodyGraph.Arguments([.. starts, .. slicesOf]);
        (Node[] sums, Node[] slices) = (arguments[..starts.Length], arguments[starts.Length..]);
        Node[] parts = Parts(slices, sums, carried, stackedGiven, floating, products);
        Node PartOf(int input) => parts[Array.IndexOf(floating, input)];

        Node[] next = [.. carried.Select(PartOf), .. summed.Select(PartOf)];
        for (int k = 0; k < stackedGiven.Length; k++)
        {
            int carry = Array.IndexOf(carried, stackedGiven[k] - _carries - _loop.Outputs);
            if (carry >= 0)
            {
                next[carry] = Op.Add(next[carry], slices[_fixedFrom + k]);
            }
        }

        // Sums that one launch after the loop takes are not carried.
        var outputs = new List<Node>(sliced.Select(PartOf));
        var late = new LateSum?[summed.Length];
        var kept = new List<int>(Enumerable.Range(0, carried.Length));
        for (int k = 0; k < summed.Length; k++)
        {
            int place = carried.Length + k;
            late[k] = LateSum.Of(next[place]);
            foreach (Node operand in late[k]?.Operands ?? [])
            {
                if (!slices.Contains(operand) && !outputs.Contains(operand))
                {
                    outputs.Add(operand);
                }
            }

            if (late[k] is null)
            {
                next[place] = Op.Add(sums[place], next[place]);
                kept.Add(place);
            }
        }

        Node[] carriedOn = [.. kept.Select(place => next[place])];
        var reached = new HashSet<Node>(GraphWalk.PostOrder([.. carriedOn, .. outputs], _ => true), ReferenceEqualityComparer.Instance);
        bool IsRead(int slice) => reached.Contains(slices[slice]) || late.Any(sum => sum is not null && sum.Operands.Contains(slices[slice]));
        int firstProduct = slices.Length - products.Length;
        int[] keptProducts = [.. Enumerable.Range(0, products.Length).Where(i => IsRead(firstProduct + i) && OutputOf(products[i]) < 0)];
        LoopAttributes forwards = _loop.Keeping([.. keptProducts.Select(i => products[i])]);
        Node StackOf(int slice) => slice < _carries ? Result(forwards, _carries + forwards.Outputs + slice)
            : slice < _fixedFrom ? _inputs[slice]
            : slice < firstProduct ? given[stackedGiven[slice - _fixedFrom]]!
            : OutputOf(products[slice - firstProduct]) is >= 0 and int output ? Result(forwards, output)
            : Result(forwards, _carries + _loop.Outputs + Array.IndexOf(keptProducts, slice - firstProduct));

        int[] taken = [.. Enumerable.Range(0, slices.Length).Where(slice => reached.Contains(slices[slice]))];
        (LoopAttributes back, Node[] all) = LoopPrimitive.Record(
            [.. kept.Select(place => starts[place])], [.. taken.Select(StackOf)], _loop.Steps, !_loop.IsReverse, (sumsNow, slicesNow) =>
            {
                Node[] from = [.. kept.Select(place => sums[place]), .. taken.Select(slice => slices[slice])];
                Node[] again = Rewrite.Replace([.. carriedOn, .. outputs], from, [.. sumsNow, .. slicesNow]);
                return (again[..carriedOn.Length], again[carriedOn.Length..]);
            });

        var answer = new Node?[_inputs.Length];
        for (int i = 0; i < carried.Length; i++)
        {
            answer[carried[i]] = Result(back, i, all);
        }

        for (int i = 0; i < sliced.Length; i++)
        {
            answer[sliced[i]] = Result(back, kept.Count + i, all);
        }

        for (int k = 0; k < summed.Length; k++)
        {
            answer[summed[k]] = late[k] is { } sum ? sum.Record(Stacked) : Result(back, kept.IndexOf(carried.Length + k), all);
        }

        return answer;

        Node Stacked(Node operand) => Array.IndexOf(slices, operand) is >= 0 and int slice ? StackOf(slice) : Result(back, kept.Count + outputs.IndexOf(operand), all);
    }

    // The cotangents that one step backwards gives to the inputs of a step.
    Node[] Parts(Node[] slices, Node[] sums, int[] carried, int[] stackedGiven, int[] floating, Node[] products)
    {
        Node[] sources = [.. slices[.._fixedFrom], .. _inputs[_fixedFrom..]];
        Node[] watched = Array.ConvertAll(sources, Op.Barrier);
        Node[] again = Rewrite.Replace([.. _loop.Body.Results, .. products], _loop.Body.Slots, watched);
        var outputs = new List<Node>(carried.Select(i => again[i]));
        var cotangents = new List<Node>(sums[..carried.Length]);
        for (int k = 0; k < stackedGiven.Length; k++)
        {
            if (stackedGiven[k] < _carries + _loop.Outputs)
            {
                outputs.Add(again[stackedGiven[k]]);
                cotangents.Add(slices[_fixedFrom + k]);
            }
        }

        Node[] parts = Gradients.Of(outputs.ToArray(), cotangents.ToArray(), [.. floating.Select(i => watched[i])]);
        return Rewrite.Replace(parts, [.. watched, .. again[_loop.Body.Results.Length..]], [.. sources, .. slices[^products.Length..]]);
    }

    Node?[] Given(ReadOnlySpan<Node> results, ReadOnlySpan<Node> cotangents)
    {
        var given = new Node?[_carries + _loop.Outputs + _carries];
        for (int i = 0; i < results.Length; i++)
        {
            int result = ((LoopAttributes)results[i].Attributes!).Result;
            given[result] = given[result] is { } sum ? Op.Add(sum, cotangents[i]) : cotangents[i];
        }

        return given;
    }

    Node ResultOfStep(int result) => result < _carries + _loop.Outputs ? _loop.Body.Results[result] : _loop.Body.Slots[result - _carries - _loop.Outputs];

    Node Result(LoopAttributes loop, int result, Node[]? inputs = null) => new(LoopPrimitive.Instance, inputs ?? _inputs, loop.For(result));

    // The stacked output that is this node of the body, or -1.
    int OutputOf(Node node) => Array.IndexOf(_loop.Body.Results, node, _carries);

    // Products worth keeping, and behind each the end of the chain of maps that it alone feeds, which is worth more.
    static Node[] Dear(Node[] results)
    {
        List<Node> order = GraphWalk.PostOrder(results, _ => true);
        var users = new Dictionary<Node, List<Node>>(ReferenceEqualityComparer.Instance);
        foreach (Node node in order)
        {
            foreach (Node input in node.Inputs)
            {
                users.TryAdd(input, []);
                users[input].Add(node);
            }
        }

        var dear = new List<Node>();
        foreach (Node product in order.Where(IsDear))
        {
            dear.Add(product);
            Node end = product;
            while (!results.Contains(end) && users.GetValueOrDefault(end) is [var only] && only.Primitive.Lowering == Lowering.Map && only.Shape.Equals(end.Shape) && only.Type == end.Type)
            {
                end = only;
            }

            if (!dear.Contains(end))
            {
                dear.Add(end);
            }
        }

        return [.. dear];
    }

    static bool IsDear(Node node) => node.Primitive.Lowering is Lowering.Dot or Lowering.Conv
        && node.Primitive.Cost(node) >= LeastOperationsOfByte * node.Shape.Size * node.Type.ItemSize;

    static Node NegativeZeros(Node like) => Op.Broadcast(Op.Number(like, -0.0), like.Shape);
}
