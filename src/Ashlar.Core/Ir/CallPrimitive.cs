namespace Ashlar.Ir;

/// <summary>A primitive that runs functions and has several results: each of its nodes is one result of a call. Nodes of the same call run once, and their cotangents are taken together.</summary>
/// <param name="name">As in explanations and messages.</param>
public abstract class CallPrimitive(string name) : Primitive(name)
{
    /// <inheritdoc/>
    public sealed override Lowering Lowering => Lowering.Library;

    /// <summary>Whether two nodes are results of the same call.</summary>
    public static bool AreOfOneCall(Node a, Node b)
    {
        if (a.Primitive != b.Primitive || a.Inputs.Length != b.Inputs.Length || !((CallAttributes)a.Attributes!).IsSameCall((CallAttributes)b.Attributes!))
        {
            return false;
        }

        for (int i = 0; i < a.Inputs.Length; i++)
        {
            if (!ReferenceEquals(a.Inputs[i], b.Inputs[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The vjp of several results of one call.</summary>
    /// <param name="results">Nodes of the call.</param>
    /// <param name="cotangents">For each its cotangent.</param>
    /// <returns>For each input its cotangent, or null where there is none.</returns>
    public abstract Node?[] Vjp(ReadOnlySpan<Node> results, ReadOnlySpan<Node> cotangents);

    /// <summary>The definition, for several results of one call.</summary>
    /// <param name="results">Nodes of the call.</param>
    /// <param name="inputs">Values of the inputs.</param>
    /// <param name="values">For each result where its value goes.</param>
    public abstract void Evaluate(ReadOnlySpan<Node> results, ReadOnlySpan<HostArray> inputs, ReadOnlySpan<HostArray> values);

    /// <inheritdoc/>
    public sealed override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result) => Evaluate([node], inputs, [result]);

    /// <inheritdoc/>
    public sealed override Node?[] Vjp(Node node, Node cotangent) => Vjp([node], [cotangent]);
}
