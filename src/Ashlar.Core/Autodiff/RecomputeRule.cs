using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Structure;

namespace Ashlar.Autodiff;

/// <summary>The gradient of a function that keeps little: what the function computed on its way is computed again when the cotangent arrives.</summary>
/// <remarks>Griewank and Walther 2000 (revolve) name the exchange of memory for time; here the places are the caller's. The recomputed nodes read arguments and
/// kept values through <see cref="AfterPrimitive"/>, so they are neither merged with the first ones nor run before the cotangent is there. They are the same
/// operations on the same values: the bits of the gradient do not change.</remarks>
public sealed class RecomputeRule : GradientRule
{
    static readonly FunctionRule Kept = new("Checkpoint", (Node[] _, Node _, Node cotangent) => [cotangent]);

    readonly Node _body;
    readonly Node[] _arguments;
    readonly Closure _closure;
    readonly Node[] _captured;
    readonly Node[] _kept;

    RecomputeRule(Node body, Node[] arguments, Closure closure, Node[] captured, Node[] kept)
        : base("Checkpoint") => (_body, _arguments, _closure, _captured, _kept) = (body, arguments, closure, captured, kept);

    /// <inheritdoc/>
    public override bool IsTransparentForward => true;

    /// <summary>The function's value, to whose gradient this rule leads.</summary>
    /// <param name="body">The value as recorded on stand-ins for the arguments.</param>
    /// <param name="standIns">The stand-ins.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="keep">Which of the values on the way are kept instead.</param>
    public static Node Record(Node body, Node[] standIns, Node[] arguments, Func<Node, bool> keep)
    {
        Closure closure = Closure.Of([body], standIns);
        Node[] kept = [.. closure.Inner.Where(node => !ReferenceEquals(node, body) && keep(node))];
        Node[] captured = [.. closure.Captured.Where(node => node.IsTraced && node.Type.IsFloating)];
        Node[] first = Rewrite.Replace([body, .. kept], standIns, arguments);
        return first[0].IsTraced && kept.Length + 1 < closure.Inner.Count
            ? GradientRulePrimitive.Record(first[0], [.. arguments, .. captured, .. first[1..]], new RecomputeRule(body, standIns, closure, captured, kept))
            : first[0];
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node value, Node[] given, Node cotangent)
    {
        Node After(Node node) => new(AfterPrimitive.Instance, [node, cotangent]);
        Node[] late = [.. given[.._arguments.Length].Select(After)];
        Node[] sources = [.. late, .. given[late.Length..(late.Length + _captured.Length)]];
        Node[] watched = Array.ConvertAll(sources, Op.Barrier);
        Node again = Recompute(watched, [.. given[sources.Length..].Select(After)]);
        Node[] gradients = Rewrite.Replace(Gradients.Of([again], [cotangent], watched), watched, sources);
        return [.. given.Select((node, i) => i < gradients.Length && node.Type.IsFloating ? gradients[i] : null)];
    }

    // The body on other arguments. A kept value stands for its recomputed self, through which the gradient goes on.
    Node Recompute(Node[] watched, Node[] kept)
    {
        var again = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < watched.Length; i++)
        {
            again[i < _arguments.Length ? _arguments[i] : _captured[i - _arguments.Length]] = watched[i];
        }

        var places = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < _kept.Length; i++)
        {
            places[_kept[i]] = i;
        }

        foreach (Node node in _closure.Inner)
        {
            Node[] inputs = [.. node.Inputs.ToArray().Select(input => again.GetValueOrDefault(input, input))];
            Node copy = Rewrite.Untraced(node, () => new Node(node.Primitive, inputs, node.Attributes));
            again[node] = places.TryGetValue(node, out int place) ? GradientRulePrimitive.Record(kept[place], [copy], Kept) : copy;
        }

        return again.GetValueOrDefault(_body, _body);
    }
}
