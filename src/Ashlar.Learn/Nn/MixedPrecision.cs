namespace Ashlar.Nn;

/// <summary>Which modules of a model compute in float16 or bfloat16, while parameters, their updates and the model's result stay in float32.</summary>
/// <remarks>
/// A module with parameters takes its inputs and its parameters in the half type; one without takes what it is given; one that is kept takes both in float32.
/// Half types are computed in float32 and rounded at every primitive's boundary, so results are the same bits on every machine; what is saved is memory.
/// Micikevicius et al. 2018, "Mixed precision training". With float16 set <see cref="Optim.Optimizer.LossScale"/>; bfloat16 has the range of float32 and needs none.
/// Modules with a Forward of their own, which do not take one tensor, cast parameters but not inputs.
/// </remarks>
/// <param name="Compute">float16 or bfloat16.</param>
public sealed record MixedPrecision(DType Compute = DType.BFloat16)
{
    /// <summary>Which modules stay in float32; by default those whose names speak of a norm, a softmax or a softmin.</summary>
    public Func<Module, bool> Keeps { get; init; } = module => module.GetType().Name is { } name
        && (name.Contains("Norm", StringComparison.Ordinal) || name.Contains("Softmax", StringComparison.Ordinal) || name.Contains("Softmin", StringComparison.Ordinal));

    /// <summary>Sets the policy for a model and all modules in it, in place of an earlier one. Nothing of the state changes.</summary>
    /// <param name="model">The outermost module; its result is cast to float32.</param>
    /// <exception cref="DTypeException">The type is neither float16 nor bfloat16.</exception>
    public void ApplyTo(Module model)
    {
        if (!Compute.IsHalf)
        {
            throw new DTypeException($"MixedPrecision: {Compute.Name} is no half type. Give float16 or bfloat16.");
        }

        RemoveFrom(model);
        foreach ((_, Module module) in model.NamedModules())
        {
            module.ComputeType = Keeps(module) ? DType.Float32 : module.HasOwnParameters ? Compute : null;
        }

        model.OutputType = DType.Float32;
    }

    /// <summary>Lets a model compute in the dtype of its parameters again.</summary>
    public static void RemoveFrom(Module model)
    {
        foreach ((_, Module module) in model.NamedModules())
        {
            (module.ComputeType, module.OutputType) = (null, null);
        }
    }
}
