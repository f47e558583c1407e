using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class ModelSummaryTests : ReferenceScope
{
    [Fact]
    public void A_summary_has_a_row_for_each_layer_and_computes_nothing()
    {
        var model = new Sequential(new Conv2d(1, 8, 3), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(), new Linear(8 * 13 * 13, 10));
        ModelSummary summary = ModelSummary.Of(model, new Shape(1, 1, 28, 28));
        Assert.Equal(["0", "1", "2", "3", "4", "5"], summary.Layers.Select(layer => layer.Name));
        Assert.Equal(model.NamedModules().Skip(1).Select(module => module.Module.ToString()), summary.Layers.Select(layer => layer.Layer));
        Assert.Equal([[1, 8, 26, 26], [1, 8, 26, 26], [1, 8, 13, 13], [1, 1352], [1, 1352], [1, 10]], summary.Layers.Select(layer => layer.Output.ToArray()));
        Assert.Equal([80, 0, 0, 0, 0, 13530], summary.Layers.Select(layer => layer.Parameters));
        Assert.Equal(13610, summary.Parameters);

        // Conv: 2 · 9 · 5408 and a bias each; ReLU: one each; pooling: 4 each; Linear: 2 · 1352 · 10 and a bias each.
        Assert.Equal([0.102752, 0.005408, 0.005408, 0, 0, 0.02705], summary.Layers.Select(layer => layer.Megaflops));
        Assert.Equal(0.140618, summary.Megaflops, 1e-12);
        Assert.All(model.NamedModules(), module => Assert.True(module.Module.IsTraining));
    }

    [Fact]
    public void A_summary_counts_what_is_frozen_and_what_results_take()
    {
        var model = new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2, bias: false));
        model[0].Freeze();
        ModelSummary summary = ModelSummary.Of(model, new Shape(5, 4));
        Assert.Equal((21L, 6L, 84L, 160L), (summary.Parameters, summary.Trainable, summary.ParameterBytes, summary.ActivationBytes));
        Assert.Equal([60, 60, 40], summary.Layers.Select(layer => layer.ActivationBytes));
        Assert.Equal(
            """
            layer                      input   output  parameters  trainable  MFLOP  activations
            Linear(4, 3)               [5, 4]  [5, 3]          15          0  0.000      0.1 KiB
            ReLU()                     [5, 3]  [5, 3]           0          0  0.000      0.1 KiB
            Linear(3, 2, bias: false)  [5, 3]  [5, 2]           6          6  0.000      0.0 KiB
            all                                                21          6  0.000      0.2 KiB
            """,
            summary.ToString());
    }

    [Fact]
    public void A_summary_updates_no_statistics_and_draws_no_masks()
    {
        var model = new Sequential(new BatchNorm2d(2), new Dropout());
        ModelSummary.Of(model, new Shape(4, 2, 3, 3));
        Assert.False(((BatchNorm2d)model[0]).RunningMean.IsPending);
        Assert.Equal(0, model.StateTensors()["1.draws"].Item<long>());
    }

    [Fact]
    public void A_shape_that_the_model_does_not_take_is_refused_and_the_mode_stays()
    {
        var model = new Sequential(new Linear(3, 2));
        Assert.Throws<ShapeException>(() => ModelSummary.Of(model, new Shape(1, 4)));
        Assert.True(model[0].IsTraining);
    }
}
