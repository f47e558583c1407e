namespace Ashlar.Nn;

/// <content>Functions that look at what goes in and out, and parts that stay as they are.</content>
public abstract partial class Module
{
    readonly List<Func<Tensor, Tensor>> _before = [];
    readonly List<Func<Tensor, Tensor, Tensor>> _after = [];

    /// <summary>Parameters that are not frozen, in the order of registration: what an optimizer should take.</summary>
    public IReadOnlyList<Parameter> TrainableParameters => [.. Parameters.Where(parameter => !parameter.IsFrozen)];

    /// <summary>Calls a function before each <see cref="Forward"/> of one tensor; what it returns takes the input's place.</summary>
    /// <returns>Disposing it removes the function.</returns>
    public IDisposable RegisterForwardPreHook(Func<Tensor, Tensor> hook) => Hook.Add(_before, hook);

    /// <summary>Calls a function after each <see cref="Forward"/> of one tensor with what went in and came out; what it returns takes the result's place.</summary>
    /// <returns>Disposing it removes the function.</returns>
    public IDisposable RegisterForwardHook(Func<Tensor, Tensor, Tensor> hook) => Hook.Add(_after, hook);

    /// <summary>No gradient reaches the parameters of this module and of all in it from now on. Give the optimizer <see cref="TrainableParameters"/>.</summary>
    public void Freeze() => SetFrozen(true);

    /// <summary>Gradients reach the parameters of this module and of all in it again.</summary>
    public void Unfreeze() => SetFrozen(false);

    Tensor BeforeHooks(Tensor x)
    {
        foreach (Func<Tensor, Tensor> hook in _before)
        {
            x = hook(x);
        }

        return x;
    }

    Tensor AfterHooks(Tensor x, Tensor y)
    {
        foreach (Func<Tensor, Tensor, Tensor> hook in _after)
        {
            y = hook(x, y);
        }

        return y;
    }

    void SetFrozen(bool frozen)
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.IsFrozen = frozen;
        }
    }

    sealed class Hook(Action remove) : IDisposable
    {
        public static Hook Add<T>(List<T> hooks, T hook)
        {
            hooks.Add(hook);
            return new Hook(() => hooks.Remove(hook));
        }

        public void Dispose() => remove();
    }
}
