using System.Text.Json;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class TorchOptimizerTests : ReferenceScope
{
    static readonly Dictionary<string, Func<Parameter[], Optimizer>> Rules = new()
    {
        ["sgd"] = p => new SGD(p, 0.125),
        ["sgd with momentum"] = p => new SGD(p, 0.125, momentum: 0.9),
        ["sgd with all"] = p => new SGD(p, 0.125, momentum: 0.9, dampening: 0.25, weightDecay: 0.1),
        ["sgd nesterov"] = p => new SGD(p, 0.125, momentum: 0.9, weightDecay: 0.1, nesterov: true),
        ["adamw"] = p => new AdamW(p, 0.125),
        ["adamw with all"] = p => new AdamW(p, 0.125, beta1: 0.8, beta2: 0.95, epsilon: 1e-4, weightDecay: 0.25),
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    // Five steps: an error of a few units in the last place grows with the loss's curvature, hence 1e-5 of the largest element.
    [Theory, MemberData(nameof(Names))]
    public void Five_steps_are_PyTorchs(string name)
    {
        JsonElement record = TorchVectors.Of("optimizers", name);
        Tensor start = record.GetProperty("start").Tensor();
        Tensor target = record.GetProperty("target").Tensor();
        var w = new Parameter(start.Shape, _ => start);
        Optimizer rule = Rules[name]([w]);
        foreach (JsonElement step in record.GetProperty("steps").EnumerateArray())
        {
            Tensor difference = w.Tensor - target;
            rule.Step((difference * difference * w).Mean());
            TorchVectors.AssertClose(step, w, 1e-5f);
        }

        Assert.Equal(5, rule.Steps);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_resumed_run_takes_the_same_steps(string name)
    {
        Parameter[] whole = [Ones()];
        Optimizer rule = Rules[name](whole);
        Run(rule, whole[0], 2);
        Parameter[] resumed = [Ones()];
        Optimizer second = Rules[name](resumed);
        resumed[0].Set(whole[0]);
        second.Load(rule.StateTensors());
        Run(rule, whole[0], 3);
        Run(second, resumed[0], 3);
        Assert.Equal(whole[0].Tensor.ToBytes(), resumed[0].Tensor.ToBytes());
        Assert.Equal(5, second.Steps);
    }

    static Parameter Ones() => new(new Shape(2, 2), _ => Tensor.Ones(new Shape(2, 2)));

    static void Run(Optimizer rule, Parameter w, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            rule.Step((w.Tensor * w * w).Sum());
        }
    }
}
