using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class ExplainTests
{
    [Fact]
    public void A_step_of_a_classifier_is_nine_launches_with_cross_entropy_in_one()
    {
        var model = new Sequential(new Linear(20, 12), new ReLU(), new Linear(12, 10));
        var optimizer = new SGD(model.Parameters, learningRate: 0.1, momentum: 0.9);
        Tensor x = Tensor.From(new float[140], 7, 20);
        Tensor labels = Tensor.From([1, 2, 3, 4, 5, 6, 7], 7);
        Tensor loss = Loss.CrossEntropy(model.Forward(x), labels);

        string plan = optimizer.Explain(loss);

        Assert.Equal(0, optimizer.Steps);
        Assert.StartsWith("plan: 9 launches", plan, StringComparison.Ordinal);
        string row = Assert.Single(plan.Split("launch "), launch => launch.Contains("Row over [7, 10]", StringComparison.Ordinal));
        Assert.Contains("Exp(", row, StringComparison.Ordinal);
        Assert.Contains("Log(", row, StringComparison.Ordinal);
        Assert.Equal(2, row.Split(" Sum axes=").Length - 1);
        Assert.Contains("in place", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_says_what_it_moves_against_the_least_that_it_could()
    {
        Tensor x = Tensor.From(new float[1000], 1000);
        string fused = x.Exp().Sin().Explain();
        Assert.Contains("traffic: 1 kernels move 8000 bytes, at least 8000 for slots, results and assignments;", fused, StringComparison.Ordinal);

        using IDisposable scope = Ashlar.Schedule.Execution.Use(new Ashlar.Schedule.ExecutionOptions { Fusion = false });
        Assert.Contains("traffic: 2 kernels move 16000 bytes, at least 8000 ", x.Exp().Sin().Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernels_of_a_loop_count_once_for_each_step_beside_its_step_numbers()
    {
        Tensor x = Tensor.From(new float[100], 100);
        Assert.Contains("traffic: 8 kernels move 5628 bytes, at least 800 ", Control.Loop(7, x, (_, y) => y.Exp()).Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_fusion_every_operation_is_a_launch_that_says_so()
    {
        using IDisposable scope = Ashlar.Schedule.Execution.Use(new Ashlar.Schedule.ExecutionOptions { Fusion = false });
        Tensor x = Tensor.From([1f, 2f], 2);

        string plan = ((x * 2).Exp() + 1).Explain();

        Assert.StartsWith("plan: 3 launches", plan, StringComparison.Ordinal);
        Assert.Contains("# Exp does not join launch 0: fusion is off", plan, StringComparison.Ordinal);
    }
}
