using Ashlar.Ir;

namespace Ashlar.Autodiff;

/// <summary>How derivatives pass a value whose own graph they do not enter. No part of the value: two nodes that differ in their rules alone share a plan.</summary>
/// <param name="name">As in explanations and messages.</param>
public abstract class GradientRule(string name) : Attributes
{
    /// <summary>As in explanations and messages.</summary>
    public string Name => name;

    /// <summary>Whether forward mode goes through the value's own graph after all.</summary>
    public virtual bool IsTransparentForward => false;

    /// <summary>For each of the given nodes its cotangent, or null where there is none.</summary>
    public abstract Node?[] Vjp(Node value, Node[] given, Node cotangent);

    /// <summary>The value's tangent, or null if the rule has no forward form: then it is the transpose of <see cref="Vjp"/>.</summary>
    public virtual Node? Jvp(Node value, Node[] given, Node?[] tangents) => null;

    /// <summary>Holds what a user's vjp gave against the arguments.</summary>
    internal static void RequireLike(string name, Node?[] parts, Node[] given)
    {
        if (parts.Length != given.Length)
        {
            throw new ArgumentException($"{name}: the rule gave {parts.Length} cotangents for {given.Length} arguments. Return one for each, null where there is none.");
        }

        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is { } part && (!part.Shape.Equals(given[i].Shape) || part.Type != given[i].Type))
            {
                throw new ShapeException($"{name}: the cotangent of argument {i} is {part.Type.Name}{part.Shape}, the argument {given[i].Type.Name}{given[i].Shape}. Return it in the argument's shape and dtype.");
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => name;
}
