using System.Text.Json;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Primitives;

namespace Ashlar.Learn.Tests.Nn;

public sealed class TorchLayerTests : ReferenceScope
{
    static readonly Dictionary<string, Func<Module>> Layers = new()
    {
        ["linear"] = () => new Linear(5, 3),
        ["linear without bias"] = () => new Linear(5, 3, bias: false),
        ["conv"] = () => new Conv2d(2, 3, 3),
        ["conv with all"] = () => new Conv2d(2, 3, (3, 2), stride: (2, 1), padding: (1, 2), dilation: (1, 2), bias: false),
        ["max pool"] = () => new MaxPool2d(2),
        ["max pool with all"] = () => new MaxPool2d((3, 2), stride: (2, 1), padding: 1),
        ["avg pool"] = () => new AvgPool2d(3, stride: 2, padding: 1),
        ["batch norm"] = () => new BatchNorm2d(3),
        ["relu"] = () => new ReLU(),
        ["gelu"] = () => new GELU(),
        ["flatten"] = () => new Flatten(),
        ["sequential"] = () => new Sequential(new Conv2d(1, 2, 3, padding: 1), new BatchNorm2d(2), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(8, 3)),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_layer_computes_PyTorchs_values_gradients_and_statistics(string name)
    {
        JsonElement record = TorchVectors.Of("layers", name);
        Module module = Layers[name]();
        (string Name, Parameter Parameter)[] parameters = [.. module.NamedParameters()];
        Assert.Equal(record.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name), parameters.Select(parameter => parameter.Name));
        foreach ((string key, Parameter parameter) in parameters)
        {
            parameter.Set(record.GetProperty("parameters").GetProperty(key).Tensor());
        }

        foreach (JsonElement pass in record.GetProperty("passes").EnumerateArray())
        {
            Action setMode = pass.GetProperty("mode").GetString() == "train" ? module.Train : module.Eval;
            setMode();
            Node x = Op.Barrier(pass.GetProperty("x").Tensor().Node);
            Tensor y = module.Forward(new Tensor(x));
            TorchVectors.AssertClose(pass.GetProperty("y"), y);
            Node[] gradients = Gradients.Of(y.Node, [x, .. parameters.Select(parameter => parameter.Parameter.Variable.Leaf)], pass.GetProperty("dy").Tensor().Node);
            TorchVectors.AssertClose(pass.GetProperty("dx"), new Tensor(gradients[0]), 5e-6f);
            for (int i = 0; i < parameters.Length; i++)
            {
                TorchVectors.AssertClose(pass.GetProperty("gradients").GetProperty(parameters[i].Name), new Tensor(gradients[i + 1]), 5e-6f);
            }

            Assert.Equal(pass.GetProperty("buffers").EnumerateObject().Select(buffer => buffer.Name), module.NamedBuffers().Select(buffer => buffer.Name));
            foreach ((string key, StateBuffer buffer) in module.NamedBuffers())
            {
                TorchVectors.AssertClose(pass.GetProperty("buffers").GetProperty(key), buffer.Tensor);
            }
        }
    }
}
