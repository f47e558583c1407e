using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Bench.Families;

/// <summary>Whole training steps: batch in, loss read, parameters updated. Both sides begin with the same weights, handed over as inputs after the batch; the loss of the third step is compared.</summary>
static class TrainingSteps
{
    public static IEnumerable<Row> Rows()
    {
        yield return Step("MLP 784-256-10", "batch 64", new(1.4, 1.3), "training.mlp", Mlp, [Input.Normal(64, 784), Input.Integers(10, 64)], Sgd);
        yield return Step("MLP 784-256-10", "batch 8", new(3.5, 5), "training.mlp", Mlp, [Input.Normal(8, 784), Input.Integers(10, 8)], Sgd);
        yield return Step("CNN, 28x28", "batch 64", new(1.3, 1.3), "training.cnn", Cnn, [Input.Normal(64, 1, 28, 28), Input.Integers(10, 64)], AdamW);
        yield return Step("transformer, 2 layers, d128", "batch 1", new(1.8, 1.8), "training.transformer", Transformer, [Input.Integers(256, 1, 64), Input.Integers(256, 64)], AdamW);
        yield return Step("transformer, 2 layers, d128", "batch 16", new(1.1, 1.1), "training.transformer", Transformer, [Input.Integers(256, 16, 64), Input.Integers(256, 1024)], AdamW);
        yield return Step("LSTM 128, 64 steps", "batch 32", new(1.5, 1.3), "training.lstm", Lstm, [Input.Normal(64, 32, 128), Input.Integers(10, 32)], AdamW);
    }

    /// <summary>A new model of that name with a batch; the call is one step.</summary>
    public static Func<Tensor[]> Fresh(string name)
    {
        (Func<Module> build, Func<Module, Optimizer> optimizer, Input x, Input target) = name switch
        {
            "tiny" => ((Func<Module>)(() => new Sequential(new Linear(8, 8), new ReLU(), new Linear(8, 2))), (Func<Module, Optimizer>)AdamW, Input.Normal(4, 8), Input.Integers(2, 4)),
            "mlp" => (Mlp, Sgd, Input.Normal(64, 784), Input.Integers(10, 64)),
            "cnn" => (Cnn, AdamW, Input.Normal(64, 1, 28, 28), Input.Integers(10, 64)),
            _ => (Transformer, AdamW, Input.Integers(256, 16, 64), Input.Integers(256, 1024)),
        };
        Tensor[] batch = [x.Draw(RandomKey.FromSeed(1)), target.Draw(RandomKey.FromSeed(2))];
        Tensor.Eval(batch);
        return Begin(build, optimizer, batch);
    }

    /// <summary>The plans of one step of each model, as text.</summary>
    public static IEnumerable<(string Name, string Plan)> Plans()
    {
        yield return ("MLP 784-256-10, batch 64", Plan(Mlp, Sgd, Input.Normal(64, 784), Input.Integers(10, 64)));
        yield return ("MLP 784-256-10, batch 8", Plan(Mlp, Sgd, Input.Normal(8, 784), Input.Integers(10, 8)));
        yield return ("CNN 28x28, batch 64", Plan(Cnn, AdamW, Input.Normal(64, 1, 28, 28), Input.Integers(10, 64)));
        yield return ("transformer, 2 layers, d128, batch 1", Plan(Transformer, AdamW, Input.Integers(256, 1, 64), Input.Integers(256, 64)));
        yield return ("transformer, 2 layers, d128, batch 16", Plan(Transformer, AdamW, Input.Integers(256, 16, 64), Input.Integers(256, 1024)));
        yield return ("LSTM 128, 64 steps, batch 32", Plan(Lstm, AdamW, Input.Normal(64, 32, 128), Input.Integers(10, 32)));
    }

    static string Plan(Func<Module> build, Func<Module, Optimizer> choose, Input x, Input target)
    {
        Tensor[] batch = [x.Draw(RandomKey.FromSeed(1)), target.Draw(RandomKey.FromSeed(2))];
        Tensor.Eval(batch);
        Module model = Initialized(build);
        Optimizer optimizer = choose(model);
        Tensor logits = model.Forward(batch[0]);
        return optimizer.Explain(Loss.CrossEntropy(logits.Reshape(-1, logits.Shape[^1]), batch[1]));
    }

    static Module Mlp() => new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 10));

    static Module Cnn() => new Sequential(
        new Conv2d(1, 32, 3), new ReLU(), new MaxPool2d(2), new Conv2d(32, 64, 3), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(1600, 128), new ReLU(), new Linear(128, 10));

    static Module Transformer() => new SmallTransformer(layers: 2, tokens: 64, features: 128, heads: 4, vocabulary: 256);

    static Module Lstm() => new SequenceClassifier(features: 128, hidden: 128, classes: 10);

    static Optimizer Sgd(Module model) => new SGD(model.Parameters, learningRate: 0.01);

    static Optimizer AdamW(Module model) => new AdamW(model.Parameters, learningRate: 1e-3);

    static Row Step(string name, string size, Target target, string peer, Func<Module> build, Input[] batch, Func<Module, Optimizer> optimizer)
    {
        return new($"step {name}", size, target)
        {
            Peer = peer,
            Inputs = [.. batch, .. Initialized(build).Parameters.Select(parameter => new Input(parameter.Shape, _ => parameter.Tensor.StopGradient()))],
            Product = x => Begin(build, optimizer, x),
            Calls = 3,
            Bound = 1e-4,
        };
    }

    static Func<Tensor[]> Begin(Func<Module> build, Func<Module, Optimizer> choose, Tensor[] inputs)
    {
        Module model = Initialized(build);
        Optimizer optimizer = choose(model);
        return () =>
        {
            Tensor logits = model.Forward(inputs[0]);
            Tensor loss = Loss.CrossEntropy(logits.Reshape(-1, logits.Shape[^1]), inputs[1]);
            optimizer.Step(loss);
            _ = loss.Item<float>();
            return [loss];
        };
    }

    static Module Initialized(Func<Module> build)
    {
        Module model = build();
        model.Initialize(RandomKey.FromSeed(1));
        return model;
    }
}
