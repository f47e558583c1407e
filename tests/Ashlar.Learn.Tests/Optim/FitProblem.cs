using System.Text.Json;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

/// <summary>Fits tanh(x · w) + b to y, as tools/vectors/torch_training.py and optimizers.py do.</summary>
sealed class FitProblem
{
    readonly Tensor _x;
    readonly Tensor _y;
    readonly JsonElement _steps;

    public FitProblem(JsonElement record)
    {
        (_x, _y) = (record.GetProperty("x").Tensor(), record.GetProperty("y").Tensor());
        (Tensor w, Tensor b) = (record.GetProperty("w").Tensor(), record.GetProperty("b").Tensor());
        Parameters = [new Parameter(w.Shape, _ => w), new Parameter(b.Shape, _ => b)];
        _steps = record.GetProperty("steps");
    }

    public Parameter[] Parameters { get; }

    public Tensor Loss() => Ashlar.Nn.Loss.MeanSquaredError(_x.MatMul(Parameters[0]).Tanh() + Parameters[1].Tensor, _y);

    /// <summary>Steps by the closure, or by the loss, which must give the recorded parameters.</summary>
    public void AssertSteps(Optimizer rule, float tolerance, bool closure)
    {
        foreach (JsonElement step in _steps.EnumerateArray())
        {
            if (closure)
            {
                rule.Step(Loss);
            }
            else
            {
                rule.Step(Loss());
            }

            TorchVectors.AssertClose(step.GetProperty("w"), Parameters[0], tolerance);
            TorchVectors.AssertClose(step.GetProperty("b"), Parameters[1], tolerance);
        }

        Assert.Equal(_steps.GetArrayLength(), rule.Steps);
    }
}
