using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Nn;

public sealed class HookTests : ReferenceScope
{
    [Fact]
    public void Hooks_see_and_replace_what_goes_in_and_out_until_they_are_removed()
    {
        var layer = new ReLU();
        Tensor x = Tensor.From([-1f, 2f], 2);
        using (layer.RegisterForwardPreHook(input => input + 1))
        using (layer.RegisterForwardHook((input, output) => input + output))
        {
            Assert.Equal([0f, 6f], layer.Forward(x).ToArray<float>());
        }

        Assert.Equal([0f, 2f], layer.Forward(x).ToArray<float>());
    }

    [Fact]
    public void A_frozen_module_keeps_its_bits_while_the_rest_learns()
    {
        var model = new Sequential(new Linear(2, 2), new Linear(2, 1));
        model[0].Freeze();
        Assert.Equal(["1.weight", "1.bias"], model.TrainableParameters.Select(parameter => parameter.FullName));
        byte[] before = model.Parameters[0].Tensor.ToBytes();
        byte[] head = model.Parameters[2].Tensor.ToBytes();
        var optimizer = new SGD(model.TrainableParameters, 0.5);
        optimizer.Step(model.Forward(Tensor.Ones(new Shape(3, 2))).Mean());
        Assert.Equal(before, model.Parameters[0].Tensor.ToBytes());
        Assert.NotEqual(head, model.Parameters[2].Tensor.ToBytes());
        model[0].Unfreeze();
        Assert.Equal(4, model.TrainableParameters.Count);
    }

    [Fact]
    public void A_partial_state_is_taken_where_it_fits()
    {
        var model = new Sequential(new Linear(2, 2), new Linear(2, 1));
        Tensor weight = Tensor.Ones(new Shape(2, 2));
        (IReadOnlyList<string> missing, IReadOnlyList<string> unexpected) = model.LoadMatching(new Dictionary<string, Tensor> { ["0.weight"] = weight, ["head.weight"] = weight });
        Assert.Equal(["0.bias", "1.bias", "1.weight"], missing);
        Assert.Equal(["head.weight"], unexpected);
        Assert.Equal(weight.ToBytes(), model.Parameters[0].Tensor.ToBytes());
        var error = Assert.Throws<StateException>(() => model.LoadMatching(new Dictionary<string, Tensor> { ["1.weight"] = weight }));
        Assert.Equal("Sequential.LoadMatching: the state does not fit: 1 mismatched: '1.weight' is float32[2, 2], wanted float32[1, 2]. Nothing was changed. Build the model as it was when the state was saved.", error.Message);
    }
}
