using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Nn;

/// <summary>A tensor that an optimizer changes.</summary>
/// <remarks>Its first value is drawn when it is first asked for, or by <see cref="Module.Initialize"/>: a function of the key and of the full name,
/// so neither the order of construction nor other layers change it. After an update a result recorded before it can still be read until the next update.</remarks>
public sealed class Parameter
{
    readonly Variable _variable;
    readonly Func<RandomKey, Tensor> _draw;

    /// <param name="shape">Extents.</param>
    /// <param name="draw">The first value for a key, of the shape and dtype; for fixed values the key is ignored.</param>
    /// <param name="type">float32 or float64.</param>
    public Parameter(Shape shape, Func<RandomKey, Tensor> draw, DType type = DType.Float32)
    {
        _variable = new Variable(shape, type, "parameter", snapshots: true);
        _draw = draw;
    }

    /// <summary>The name inside its module, such as <c>weight</c>; empty before it is registered.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The module that it is registered with, or null.</summary>
    public Module? Owner { get; private set; }

    /// <summary>The name from the outermost module on, such as <c>0.weight</c>.</summary>
    public string FullName => Owner is { Path.Length: > 0 } owner ? $"{owner.Path}.{Name}" : Name;

    /// <summary>The extents.</summary>
    public Shape Shape => _variable.Shape;

    /// <summary>The element type.</summary>
    public DType DType => _variable.Type;

    /// <summary>The present value, in the dtype in which its module computes. After an update this is another tensor; this one keeps its value until the update after that.</summary>
    public Tensor Tensor
    {
        get
        {
            Tensor value = IsFrozen ? Master.StopGradient() : Master;
            return Owner?.ComputeType is { } type ? value.To(type) : value;
        }
    }

    /// <summary>The present value as it is stored, updated and saved: the same as <see cref="Tensor"/> without <see cref="MixedPrecision"/>.</summary>
    public Tensor Master => new(Variable.Leaf);

    /// <summary>Whether no gradient reaches it; false at first.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Where the value lives.</summary>
    public Variable Variable
    {
        get
        {
            if (!_variable.HasValue)
            {
                Draw(RandomKey.FromSeed(0).Fold(FullName));
            }

            return _variable;
        }
    }

    /// <summary>The present value.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Tensor;

    /// <summary>Takes a copy of a value.</summary>
    /// <param name="value">Of the parameter's shape and dtype.</param>
    /// <exception cref="ShapeException">The shape or dtype differs.</exception>
    public void Set(Tensor value)
    {
        _variable.Name = FullName;
        Evaluator.Assign([], [new Assignment(_variable, value.Node)]);
    }

    /// <summary>Draws the first value anew.</summary>
    public void Draw(RandomKey key) => Set(_draw(key));

    /// <summary>Name, dtype and shape; never evaluates.</summary>
    public override string ToString() => $"Parameter {FullName} {DType.Name}{Shape}";

    // A parameter shared by several modules keeps the name under which it was registered first.
    internal void Join(Module owner, string name)
    {
        if (Owner is null)
        {
            (Owner, Name) = (owner, name);
        }
    }
}
