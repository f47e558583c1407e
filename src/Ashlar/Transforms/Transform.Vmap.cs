using System.Runtime.CompilerServices;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Batching: a function of one example becomes a function of many, as one program with the bits of a loop.</content>
public static partial class Transform
{
    /// <summary>The function that applies <paramref name="f"/> to every example of a batch, as one program.</summary>
    /// <param name="f">One example in, one result out.</param>
    /// <param name="inAxis">The axis of the batch that counts examples; negative from the back.</param>
    /// <param name="outAxis">Where the result has that axis.</param>
    /// <returns>A batch in, a batch of results out.</returns>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Vmap(Func<Tensor, Tensor> f, int inAxis = 0, int outAxis = 0) =>
        xs => Vmap((Tensor[] example) => [f(example[0])], [inAxis], [outAxis])([xs])[0];

    /// <summary>The function that applies <paramref name="f"/> to every pair of examples of two batches.</summary>
    /// <param name="f">An example of each in, one result out.</param>
    /// <param name="inAxes">For each argument the axis that counts examples, or null for an argument that is the same for all; 0 by default.</param>
    /// <param name="outAxis">Where the result has that axis.</param>
    public static Func<Tensor, Tensor, Tensor> Vmap(Func<Tensor, Tensor, Tensor> f, int?[]? inAxes = null, int outAxis = 0) =>
        (x, y) => Vmap((Tensor[] example) => [f(example[0], example[1])], inAxes, [outAxis])([x, y])[0];

    /// <summary>The function that applies <paramref name="f"/> to every triple of examples of three batches.</summary>
    /// <param name="f">An example of each in, one result out.</param>
    /// <param name="inAxes">For each argument the axis that counts examples, or null for an argument that is the same for all; 0 by default.</param>
    /// <param name="outAxis">Where the result has that axis.</param>
    public static Func<Tensor, Tensor, Tensor, Tensor> Vmap(Func<Tensor, Tensor, Tensor, Tensor> f, int?[]? inAxes = null, int outAxis = 0) =>
        (x, y, z) => Vmap((Tensor[] example) => [f(example[0], example[1], example[2])], inAxes, [outAxis])([x, y, z])[0];

    /// <summary>The function that applies <paramref name="f"/> to every example of batches.</summary>
    /// <param name="f">An example of each argument in, results out.</param>
    /// <param name="inAxes">For each argument the axis that counts examples, or null for an argument that is the same for all; 0 by default.</param>
    /// <param name="outAxes">For each result where it has that axis, or null for one that is the same for all examples; 0 by default.</param>
    /// <exception cref="ShapeException">An axis does not exist, the batches differ in extent, nothing is mapped, or a result without an axis depends on the example.</exception>
    public static Func<Tensor[], Tensor[]> Vmap(Func<Tensor[], Tensor[]> f, int?[]? inAxes = null, int?[]? outAxes = null) => xs =>
    {
        int?[] places = inAxes ?? [.. xs.Select(_ => (int?)0)];
        (int[] mapped, Node[] batches) = Batches(xs, places);
        Node[] examples = Array.ConvertAll(batches, batch => Op.Barrier(Node.Slot(new Shape(batch.Shape.Extents[1..]), batch.Type, 0)));
        Tensor[] arguments = [.. xs];
        for (int i = 0; i < mapped.Length; i++)
        {
            arguments[mapped[i]] = xs[mapped[i]].Like(examples[i]);
        }

        Tensor[] kinds = f(arguments);
        Node[] results = Array.ConvertAll(kinds, result => result.Recorded);
        if (outAxes is not null && outAxes.Length != results.Length)
        {
            throw new ArgumentException($"Vmap: {outAxes.Length} axes were given for {results.Length} results. Give one for each, null for a result that is the same for all examples.");
        }

        Node?[] all = Vectorize.Dependent(results, examples, batches);
        var answer = new Tensor[results.Length];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = kinds[i].Like(Place(i, kinds[i], all[i], outAxes is null ? 0 : outAxes[i], batches[0].Shape[0]));
        }

        return answer;
    };

    static (int[] Mapped, Node[] Batches) Batches(Tensor[] xs, int?[] places)
    {
        if (places.Length != xs.Length)
        {
            throw new ArgumentException($"Vmap: {places.Length} axes were given for {xs.Length} arguments. Give one for each, null for an argument that is the same for all examples.");
        }

        int[] mapped = [.. Enumerable.Range(0, xs.Length).Where(i => places[i] is not null)];
        if (mapped.Length == 0)
        {
            throw new ShapeException("Vmap: no argument has an axis to map over. Give at least one axis that is not null.");
        }

        var batches = new Node[mapped.Length];
        for (int i = 0; i < mapped.Length; i++)
        {
            Tensor x = xs[mapped[i]];
            if (x.Rank == 0)
            {
                throw new ShapeException($"Vmap: {x.Shape} has no axis to map over. Give a batch [B, …], or null as its axis.");
            }

            batches[i] = Op.MoveAxis(x.Recorded, x.Shape.Axis(places[mapped[i]]!.Value, "Vmap"), 0);
            if (batches[i].Shape[0] != batches[0].Shape[0])
            {
                throw new ShapeException($"Vmap: argument {mapped[0]} holds {batches[0].Shape[0]} examples, argument {mapped[i]} holds {batches[i].Shape[0]}. Give batches of one extent, or null for what is the same for all.");
            }
        }

        return (mapped, batches);
    }

    static Node Place(int which, Tensor example, Node? batch, int? axis, int extent)
    {
        if (axis is null)
        {
            return batch is null ? example.Recorded : throw new ShapeException($"Vmap: result {which} differs between the examples, so it needs an axis for them. Give one instead of null.");
        }

        Node one = example.Recorded;
        Node all = batch ?? Op.Expand(Op.Reshape(one, [1, .. one.Shape]), [extent, .. one.Shape]);
        return Op.MoveAxis(all, 0, new Shape([extent, .. example.Shape]).Axis(axis.Value, "Vmap"));
    }
}
