using Ashlar.Lab.Sweeps;

namespace Ashlar.Lab.Tests.Sweeps;

public sealed class SweepFileTests
{
    [Fact]
    public void A_sweep_is_read()
    {
        SweepSpec spec = SweepFile.Parse(
            """
            {
              // comments may stand here
              "program": "train.cs", "metric": "accuracy", "maximize": true, "take": "best", "method": "halving", "trials": 9, "seed": -5, "experiment": "digits",
              "parameters": { "lr": { "min": 1e-4, "max": 0.1, "scale": "log" }, "model.width": [32, 64], "layers": { "min": 1, "max": 4, "integer": true } },
              "fixed": { "optimizer": "adam" },
              "budget": { "setting": "epochs", "min": 2, "max": 20 },
            }
            """, "first.json");

        Assert.Equal(("first", "train.cs", "accuracy", true, true, SweepMethod.Halving), (spec.Name, spec.Program, spec.Metric, spec.Maximize, spec.TakesBest, spec.Method));
        Assert.Equal((9, -5, "digits"), (spec.Trials, spec.Seed, spec.Experiment));
        Assert.Equal([("lr", null), ("model.width", 2), ("layers", 4)], spec.Parameters.Select(parameter => (parameter.Name, parameter.Count)));
        Assert.Equal("adam", Assert.Single(spec.Fixed).Value.GetString());
        Assert.Equal([2, 6, 18], spec.Budget!.Rungs);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var e = Assert.Throws<SweepException>(() => SweepFile.Parse(
            """
            { "metrc": "accuracy", "method": "annealing", "trials": 0, "parameters": { "lr": { "min": 0, "max": 1, "scale": "log" }, "width": 3, "depth": { "min": 2, "max": 1, "stepp": 1 }, "none": [] }, "fixed": { "lr": 1 }, "budget": { "setting": "epochs" } }
            """, "bad.json"));

        Assert.Equal(
            "sweep: bad.json: method is \"annealing\"; random or grid or tpe or halving is wanted; trials is 0; a whole number from 1 to 2147483647 is wanted; program is missing; write such as program: train.cs; "
            + "metric is missing; write such as metric: accuracy; parameters.lr: a logarithmic scale begins above 0, not at 0; "
            + "parameters.width is 3; a list of values or a range {min: …, max: …} is wanted; one value that all trials get belongs to fixed; parameters.depth: max 1 is not above min 2; parameters.depth.stepp is unknown; did you mean 'step'?; "
            + "parameters.none: the values are []; a list of one or more is wanted; budget is for the method halving; metrc is unknown; did you mean 'metric'?.",
            e.Message);
    }

    [Theory]
    [InlineData("""{"program": "a.cs", "metric": "m"}""", "parameters is missing")]
    [InlineData("""{"program": "a.cs", "metric": "m", "method": "grid", "parameters": {"x": {"min": 0, "max": 1}}}""", "parameters.x is a continuous range, of which a grid has no values; add points: 5, step: 0.1 or integer: true")]
    [InlineData("""{"program": "a.cs", "metric": "m", "method": "halving", "parameters": {"x": [1]}}""", "budget is missing")]
    [InlineData("""{"program": "a.cs", "metric": "m", "parameters": {"x": [1]}, "fixed": {"x": 2}}""", "the setting 'x' is given twice among parameters, fixed and budget")]
    [InlineData("""{"program": "a.cs", "metric": "m", "parameters": {"x": {"min": 0, "max": 1e9, "integer": true}}}""", "more than a million steps")]
    [InlineData("""{"program": "a.cs", "metric": "m", "parameters": {}}""", "parameters names none")]
    [InlineData("[]", "holds no object")]
    [InlineData("{", "is no JSON")]
    public void A_fault_is_named(string json, string message) => Assert.Contains(message, Assert.Throws<SweepException>(() => SweepFile.Parse(json, "bad.json")).Message, StringComparison.Ordinal);
}
