using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class RecordedOptimizerTests : ReferenceScope
{
    static readonly Dictionary<string, Func<Parameter[], Optimizer>> Torch = new()
    {
        ["sgd, clipped by norm"] = p => new SGD(p, 0.5, momentum: 0.9) { ClipNorm = 0.25 },
        ["sgd, clipped by value"] = p => new SGD(p, 0.5) { ClipValue = 0.0625 },
        ["sgd, groups"] = p => Grouped(new SGD(p, 0.125, momentum: 0.9, weightDecay: 0.25)),
        ["sgd, maximize"] = p => new SGD(p, 0.125, momentum: 0.9) { Maximize = true },
        ["adam"] = p => new Adam(p, 0.125),
        ["adam, all"] = p => new Adam(p, 0.125, 0.8, 0.95, 1e-4, 0.25, amsgrad: true),
        ["adamw, amsgrad"] = p => new AdamW(p, 0.25, 0.5, 0.75, amsgrad: true),
        ["rmsprop"] = p => new RMSprop(p, 0.03125),
        ["rmsprop, all"] = p => new RMSprop(p, 0.03125, 0.9, 1e-4, 0.125, 0.75, centered: true),
        ["adagrad"] = p => new Adagrad(p, 0.125),
        ["adagrad, all"] = p => new Adagrad(p, 0.125, 0.25, 0.125, 0.0625, 1e-4),
        ["adadelta"] = p => new Adadelta(p),
        ["adadelta, all"] = p => new Adadelta(p, 0.5, 0.75, 1e-3, 0.125),
        ["adamax"] = p => new Adamax(p, 0.125),
        ["adamax, all"] = p => new Adamax(p, 0.125, 0.8, 0.75, 1e-4, 0.125),
        ["radam"] = p => new RAdam(p, 0.125),
        ["radam, all"] = p => new RAdam(p, 0.125, 0.8, 0.95, 1e-4, 0.125),
        ["rprop"] = p => new Rprop(p, 0.125),
        ["rprop, all"] = p => new Rprop(p, 0.25, 0.25, 1.5, 0.03125, 0.5),
        ["asgd"] = p => new ASGD(p, 0.125),
        ["asgd, all"] = p => new ASGD(p, 0.25, 0.0625, 0.5, 2, 0.125),
        ["lbfgs, one iteration"] = p => new LBFGS(p, 0.5, history: 3),
        ["lbfgs"] = p => new LBFGS(p, 1, 3, history: 4),
    };

    static readonly Dictionary<string, Func<Parameter[], Optimizer>> Papers = new()
    {
        ["nadam"] = p => new NAdam(p, 0.125),
        ["nadam, all"] = p => new NAdam(p, 0.125, 0.8, 0.95, 1e-4, 0.125, 0.25),
        ["lion"] = p => new Lion(p, 0.03125),
        ["lion, all"] = p => new Lion(p, 0.0625, 0.75, 0.875, 0.25),
        ["lamb"] = p => new LAMB(p, 0.125),
        ["lamb, all"] = p => new LAMB(p, 0.0625, 0.8, 0.95, 1e-4, 0.25),
        ["lars"] = p => new LARS(p, 32),
        ["lars, all"] = p => new LARS(p, 2, 0.75, 0.125, 0.03125),
        ["adafactor"] = p => new Adafactor(p, 0.125),
        ["adafactor, all"] = p => new Adafactor(p, 0.5, clip: 0.75, weightDecay: 0.125),
        ["muon"] = p => new Muon(p, 0.125, adamFactor: 0.25),
        ["muon, all"] = p => new Muon(p, 0.0625, 0.75, 0.25, nesterov: false, adamFactor: 0.25),
    };

    public static TheoryData<string> TorchNames => [.. Torch.Keys];

    public static TheoryData<string> PaperNames => [.. Papers.Keys];

    [Fact]
    public void Every_recorded_optimizer_is_compared()
    {
        Assert.Equal(Names(TorchVectors.Kind("optimizers", "torch_training")), Torch.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Names(TorchVectors.Kind("optimizers", "optimizers")), Papers.Keys.Order(StringComparer.Ordinal));

        static IEnumerable<string> Names(System.Text.Json.JsonElement records) => records.EnumerateObject().Select(record => record.Name).Order(StringComparer.Ordinal);
    }

    // Both sides round in float32 along eight steps; a search's cubic magnifies it, hence more for L-BFGS.
    [Theory, MemberData(nameof(TorchNames))]
    public void Steps_are_PyTorchs(string name)
    {
        var problem = new FitProblem(TorchVectors.Of("optimizers", name, "torch_training"));
        problem.AssertSteps(Torch[name](problem.Parameters), name == "lbfgs" ? 1e-4f : 1e-5f, closure: name == "lbfgs");
    }

    // The record is in float64, ours in float32; Muon's quintic multiplies small singular values, and their errors, by up to 3.4445⁵.
    [Theory, MemberData(nameof(PaperNames))]
    public void Steps_are_the_papers(string name)
    {
        var problem = new FitProblem(TorchVectors.Of("optimizers", name, "optimizers"));
        problem.AssertSteps(Papers[name](problem.Parameters), name.StartsWith("muon", StringComparison.Ordinal) ? 1e-4f : 1e-5f, closure: true);
    }

    static SGD Grouped(SGD rule)
    {
        ParameterGroup biases = rule.Group([rule.Parameters[1]]);
        (biases.LearningRateFactor, biases.WeightDecay) = (0.5, 0);
        return rule;
    }
}
