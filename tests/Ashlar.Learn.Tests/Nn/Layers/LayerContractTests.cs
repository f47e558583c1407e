using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Learn.Tests.Nn.Layers;

/// <summary>What every layer keeps to.</summary>
public sealed class LayerContractTests
{
    public static TheoryData<string> Names => [.. LayerCases.All.Select(row => row.Name)];

    public static TheoryData<string> Refusing => [.. LayerCases.All.Where(row => row.Wrong is not null).Select(row => row.Name)];

    public static TheoryData<string> ByExample => [.. LayerCases.All.Where(row => row.BatchAxis >= 0).Select(row => row.Name)];

    [Fact]
    public void Every_layer_has_a_row_in_the_table()
    {
        Type[] layers = [.. typeof(Module).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Module)) && !type.IsAbstract)];
        HashSet<Type> covered = [.. LayerCases.All.Select(row => row.Build().GetType()).Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type)];
        Assert.Equal([], layers.Where(layer => !covered.Contains(layer)).Select(layer => $"{layer.Name}: add a row to a class of ILayerCases"));
    }

    [Fact]
    public void Rows_have_names_of_their_own() => Assert.Equal(LayerCases.All.Select(row => row.Name).Distinct(), LayerCases.All.Select(row => row.Name));

    [Theory, MemberData(nameof(Names))]
    public void All_executors_and_thread_counts_give_the_same_bits_and_gradients_are_finite(string name)
    {
        LayerCase row = LayerCases.Of(name);
        byte[][] reference = Bits(row, new ExecutionOptions { Executor = Executor.Reference });
        foreach (ExecutionOptions options in (ExecutionOptions[])[new() { Threads = 1 }, new() { Threads = 2 }, new() { Threads = 3 }, new() { Executor = Executor.Interpreter, Threads = 2 }])
        {
            Assert.Equal(reference, Bits(row, options));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_saved_and_loaded_layer_gives_the_same_next_bits(string name)
    {
        LayerCase row = LayerCases.Of(name);
        string path = Path.Combine(Path.GetTempPath(), $"ashlar-{Environment.ProcessId}-{name}.safetensors");
        try
        {
            Module first = Fresh(row);
            Tensor.Eval(row.Apply(first, row.Draw(1)));
            first.Save(path);
            Module second = Fresh(row);
            foreach (Parameter parameter in second.Parameters)
            {
                parameter.Set(parameter.Tensor * 2);
            }

            second.Load(path);
            Assert.Equal(Bytes(row.Apply(first, row.Draw(2))), Bytes(row.Apply(second, row.Draw(2))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Training_differs_from_evaluation_only_where_it_is_documented(string name)
    {
        LayerCase row = LayerCases.Of(name);
        Module module = Fresh(row);
        byte[][] training = Bytes(row.Apply(module, row.Draw(1)));
        module.Eval();
        byte[][] evaluation = Bytes(row.Apply(module, row.Draw(1)));
        Assert.Equal(row.TrainDiffers, !training.SelectMany(bytes => bytes).SequenceEqual(evaluation.SelectMany(bytes => bytes)));
        Assert.Equal(evaluation, Bytes(row.Apply(module, row.Draw(1))));
    }

    [Theory, MemberData(nameof(Refusing))]
    public void A_wrong_input_is_refused_with_layer_shapes_and_remedy(string name)
    {
        LayerCase row = LayerCases.Of(name);
        Module module = row.Build();
        Tensor[] inputs = row.Draw(1);
        inputs[0] = row.Wrong!.Draw(RandomKey.FromSeed(1));
        var error = Assert.ThrowsAny<ArgumentException>(() => row.Apply(module, inputs));
        Assert.StartsWith($"{module.GetType().Name}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(inputs[0].Shape.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Matches(@"^\w+: .+\. .+\.", error.Message);
    }

    [Theory, MemberData(nameof(ByExample))]
    public void An_example_alone_gives_its_bits_in_a_batch(string name)
    {
        LayerCase row = LayerCases.Of(name);
        Module module = Fresh(row);
        module.Eval();
        Tensor[] inputs = row.Draw(1);
        Tensor[] together = row.Apply(module, inputs);
        int count = inputs[Enumerable.Range(0, inputs.Length).First(i => !row.Shared.Contains(i))].Shape[row.BatchAxis];
        Assert.True(count > 1, "A row needs two examples.");
        for (int i = 0; i < count; i++)
        {
            Tensor[] alone = row.Apply(module, [.. inputs.Select((input, k) => row.Shared.Contains(k) ? input : input.Slice(row.BatchAxis, i, 1))]);
            Assert.Equal(together.Select(y => y.Slice(row.BatchAxis, i, 1).ToBytes()), alone.Select(y => y.ToBytes()));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Parameters_have_names_and_finite_first_values(string name)
    {
        LayerCase row = LayerCases.Of(name);
        Module module = Fresh(row);
        Assert.All(module.NamedParameters(), parameter =>
        {
            Assert.Matches(@"^[a-z0-9_]+(\.[a-z0-9_]+)*$", parameter.Name);
            Assert.True(parameter.Parameter.Shape.Size > 0);
            Assert.All(parameter.Parameter.Tensor.ToArray<float>(), value => Assert.True(float.IsFinite(value)));
        });
        Assert.StartsWith($"{(module.Children.Count == 0 ? "new " : "")}", module.ToString(), StringComparison.Ordinal);
        Assert.Contains(module.GetType().Name.Split('`')[0], module.ToString(), StringComparison.Ordinal);
    }

    static Module Fresh(LayerCase row)
    {
        Module module = row.Build();
        module.Initialize(RandomKey.FromSeed(7));
        return module;
    }

    static byte[][] Bits(LayerCase row, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        var run = new LayerRun(row, Fresh(row), row.Draw(1), (i, y) => Tensor.RandomUniform(RandomKey.FromSeed(5).Fold(i), y.Shape, -1, 1));
        Tensor.Eval(run.All);
        Assert.All(run.All.Where(tensor => tensor.DType.IsFloating), tensor => Assert.All(tensor.ToArray<float>(), value => Assert.True(float.IsFinite(value))));
        return Bytes(run.All);
    }

    static byte[][] Bytes(Tensor[] tensors) => [.. tensors.Select(tensor => tensor.ToBytes())];
}
