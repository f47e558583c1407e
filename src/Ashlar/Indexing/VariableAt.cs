using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar;

/// <summary>Elements of a variable that can be assigned: <c>variable.At[1..3] = value</c>, <c>variable.At[mask] += 1</c>.</summary>
/// <param name="variable">A variable that has a value.</param>
public sealed class VariableAt(Variable variable)
{
    /// <summary>The elements, by the rules of the tensor's own indexer. Assigning carries out the update at once and leaves the other elements; no gradient passes.</summary>
    /// <exception cref="InvalidOperationException">The variable has no value yet.</exception>
    /// <exception cref="ShapeException">The value does not broadcast to the elements.</exception>
    public Tensor this[
        TensorIndex first, TensorIndex second = default, TensorIndex third = default, TensorIndex fourth = default,
        TensorIndex fifth = default, TensorIndex sixth = default, TensorIndex seventh = default, TensorIndex eighth = default]
    {
        get => new Tensor(variable.Leaf).Pick([first, second, third, fourth, fifth, sixth, seventh, eighth]);
        set
        {
            using Node.NoGradientScope scope = Node.NoGradient();
            Evaluator.Assign([], [new Assignment(variable, new Tensor(variable.Leaf).At.Pick([first, second, third, fourth, fifth, sixth, seventh, eighth]).Set(value).Node)]);
        }
    }
}
