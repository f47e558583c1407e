using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Nn;

/// <summary>A tensor that belongs to a module's state and that no optimizer trains: a running statistic.</summary>
/// <remarks>
/// An update is recorded in the forward pass and pending until one of these carries it out, whichever comes first; then it is forgotten, so it happens once:
/// the step of an optimizer that holds a parameter of the same module, in the plan of the step; the next update, if the step of the first is past; reading the state.
/// Until then <see cref="Tensor"/> is the updated value, so updates of several forward passes before one step follow each other.
/// </remarks>
public sealed class StateBuffer
{
    readonly Variable _variable;
    Tensor? _pending;
    Tensor[] _evidence = [];

    /// <param name="initial">The first value, copied.</param>
    public StateBuffer(Tensor initial)
    {
        _variable = new Variable(initial.Shape, initial.DType, "buffer", snapshots: true);
        Set(initial);
    }

    /// <summary>The extents.</summary>
    public Shape Shape => _variable.Shape;

    /// <summary>The element type.</summary>
    public DType DType => _variable.Type;

    /// <summary>The present value, with a pending update applied.</summary>
    public Tensor Tensor => _pending ?? new Tensor(_variable.Leaf).StopGradient();

    /// <summary>Whether an update waits to be carried out.</summary>
    public bool IsPending => _pending is not null;

    /// <summary>Takes a copy of a value and forgets a pending update.</summary>
    /// <param name="value">Of the buffer's shape and dtype.</param>
    /// <exception cref="ShapeException">The shape or dtype differs.</exception>
    public void Set(Tensor value)
    {
        Evaluator.Assign([], [new Assignment(_variable, value.Node)]);
        Forget();
    }

    /// <summary>Records the next value.</summary>
    /// <param name="next">The next value from the present one; no gradient passes.</param>
    /// <param name="evidence">What the update learns from, on the way to the loss: its values are kept when the step computes them, so that a late update costs little.</param>
    public void Update(Func<Tensor, Tensor> next, params ReadOnlySpan<Tensor> evidence)
    {
        bool past = _evidence.Length > 0;
        foreach (Tensor tensor in _evidence)
        {
            past &= tensor.Node.Value is not null;
        }

        if (past)
        {
            Settle();
        }

        _pending = next(Tensor).StopGradient();
        _evidence = [.. evidence];
        foreach (Tensor tensor in evidence)
        {
            tensor.Keep();
        }
    }

    /// <summary>Carries out a pending update now.</summary>
    public void Settle()
    {
        if (_pending is { } pending)
        {
            Set(pending);
        }
    }

    // The assignment that carries out the update inside a plan; the caller calls Forget when the plan has run.
    internal Assignment? Pending(string name)
    {
        _variable.Name = name;
        return _pending is { } pending ? new Assignment(_variable, pending.Node) : null;
    }

    internal void Forget()
    {
        _pending = null;
        _evidence = [];
    }
}
