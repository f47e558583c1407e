using System.Reflection;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Schedule;
using Module = Ashlar.Nn.Module;

namespace Ashlar.Learn.Tests.Optim;

/// <summary>What holds for every optimizer of the library, found by reflection and built with its defaults.</summary>
[Collection("counters")]
public sealed class OptimizerContractTests
{
    static readonly Type[] Types = [.. typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal)];
    static readonly Tensor X = Tensor.RandomNormal(RandomKey.FromSeed(5), new Shape(16, 6));
    static readonly Tensor Y = (X.Slice(1, 0, 3) * 0.5).Tanh() + 1;

    public static TheoryData<string> Names => [.. Types.Select(type => type.Name)];

    [Fact]
    public void All_optimizers_are_found() => Assert.Equal(17, Types.Length);

    [Theory, MemberData(nameof(Names))]
    public void Steps_lower_the_loss(string name)
    {
        (Module model, Optimizer rule) = Make(name);
        float before = Loss(model).Item<float>();
        Steps(model, rule, 40);
        Assert.InRange(Loss(model).Item<float>(), 0, before * 0.99f);
        Assert.Equal(40, rule.Steps);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_resumed_run_takes_the_same_next_steps(string name)
    {
        (Module model, Optimizer rule) = Make(name);
        rule.Group([rule.Parameters[1]]).LearningRateFactor = 0.5;
        Steps(model, rule, 7);
        (Module other, Optimizer resumed) = Make(name);
        resumed.Group([resumed.Parameters[1]]);
        other.Load(model.StateTensors());
        resumed.Load(rule.StateTensors());

        Steps(model, rule, 3);
        Steps(other, resumed, 3);

        Assert.Equal(Bytes(model.StateTensors()), Bytes(other.StateTensors()));
        Assert.Equal(Bytes(rule.StateTensors()), Bytes(resumed.StateTensors()));
        Assert.Equal(10, resumed.Steps);
    }

    [Theory, MemberData(nameof(Names))]
    public void All_executors_and_thread_counts_take_the_same_steps(string name)
    {
        byte[][] Run(ExecutionOptions options)
        {
            using IDisposable scope = Execution.Use(options);
            (Module model, Optimizer rule) = Make(name);
            rule.ClipNorm = 0.5;
            Steps(model, rule, 3);
            return Bytes(model.StateTensors());
        }

        byte[][] expected = Run(new ExecutionOptions { Executor = Executor.Reference });
        Assert.Equal(expected, Run(new ExecutionOptions { Threads = 1 }));
        Assert.Equal(expected, Run(new ExecutionOptions { Threads = 3 }));
        Assert.Equal(expected, Run(new ExecutionOptions { Fusion = false }));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_steady_state_takes_no_memory_builds_no_plan_and_compiles_nothing(string name)
    {
        (Module model, Optimizer rule) = Make(name);
        rule.LearningRate *= 0.01;
        Steps(model, rule, 400);
        long allocations = Diagnostics.StorageAllocations;
        long plans = Diagnostics.PlansBuilt;
        long kernels = Diagnostics.KernelsCompiled;

        for (int i = 0; i < 100; i++)
        {
            rule.LearningRate *= 0.999;
            Steps(model, rule, 1);
        }

        Assert.Equal(0, Diagnostics.PlansBuilt - plans);
        Assert.Equal(0, Diagnostics.KernelsCompiled - kernels);
        Assert.Equal(0, Diagnostics.StorageAllocations - allocations);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_step_explains_itself_and_changes_nothing(string name)
    {
        (Module model, Optimizer rule) = Make(name);
        byte[][] before = Bytes(model.StateTensors());
        Assert.StartsWith("plan: ", rule.Explain(Loss(model)), StringComparison.Ordinal);
        Assert.Equal(before, Bytes(model.StateTensors()));
        Assert.Equal(0, rule.Steps);
    }

    [Theory, MemberData(nameof(Names))]
    public void Numbers_of_any_rank_and_none_at_all_are_trained_in_float64(string name)
    {
        Parameter[] parameters =
        [
            new(new Shape(), _ => Tensor.Scalar(2, DType.Float64), DType.Float64),
            new(new Shape(2, 1, 3), _ => Tensor.Full(new Shape(2, 1, 3), 2, DType.Float64), DType.Float64),
            new(new Shape(0, 4), _ => Tensor.Zeros(new Shape(0, 4), DType.Float64), DType.Float64),
        ];
        Optimizer rule = Build(Types.Single(type => type.Name == name), parameters);
        for (int i = 0; i < 3; i++)
        {
            rule.Step(() => (parameters[0].Tensor * parameters[0]) + (parameters[1].Tensor * parameters[1]).Sum() + parameters[2].Tensor.Sum());
        }

        Assert.InRange(parameters[0].Tensor.Item<double>(), -10, 1.99999999);
        Assert.All(parameters[1].Tensor.ToArray<double>(), value => Assert.InRange(value, -10, 1.99999999));
    }

    [Theory, MemberData(nameof(Names))]
    public void Maximizing_a_loss_minimizes_its_opposite(string name)
    {
        (Module model, Optimizer rule) = Make(name);
        (Module other, Optimizer opposite) = Make(name, maximize: true);
        for (int i = 0; i < 3; i++)
        {
            rule.Step(() => Loss(model));
            opposite.Step(() => -Loss(other));
        }

        Assert.Equal(Bytes(model.StateTensors()), Bytes(other.StateTensors()));
    }

    static (Module Model, Optimizer Rule) Make(string name, bool maximize = false)
    {
        var model = new Sequential(new Linear(6, 5), new Tanh(), new Linear(5, 3));
        model.Initialize(RandomKey.FromSeed(11));
        return (model, Build(Types.Single(type => type.Name == name), [.. model.Parameters], maximize));
    }

    // A rule without a usual rate gets 0.05; LARS takes a trust of a thousandth on top.
    static Optimizer Build(Type type, Parameter[] parameters, bool maximize = false)
    {
        ConstructorInfo constructor = type.GetConstructors().Single();
        object?[] arguments = [.. constructor.GetParameters().Select(parameter => parameter.Name switch
        {
            "parameters" => parameters,
            "learningRate" when type == typeof(LARS) => 20.0,
            "learningRate" when type == typeof(Lion) => 1e-3,
            _ => parameter.HasDefaultValue ? parameter.DefaultValue : 0.05,
        })];
        var rule = (Optimizer)constructor.Invoke(arguments);
        typeof(Optimizer).GetProperty(nameof(Optimizer.Maximize))!.SetValue(rule, maximize);
        return rule;
    }

    static Tensor Loss(Module model) => Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Y);

    static void Steps(Module model, Optimizer rule, int count)
    {
        for (int i = 0; i < count; i++)
        {
            rule.Step(() => Loss(model));
        }
    }

    static byte[][] Bytes(IReadOnlyDictionary<string, Tensor> state) => [.. state.Values.Select(tensor => tensor.ToBytes())];
}
