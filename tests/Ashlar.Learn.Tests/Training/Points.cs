using Ashlar.Data.Loading;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

/// <summary>Points of a plane with the side of a line on which they lie, and a trainer that learns it.</summary>
sealed class Points(int seed, int count = 20) : IBatchSource<Points.Batch>
{
    readonly float[] _x = Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(count, 2)).ToArray<float>();

    public int Count => count;

    public static DataLoader<Batch> Loader(int seed, int batch = 5, int count = 20, bool shuffle = true) => new(new Points(seed, count), new DataLoaderOptions { BatchSize = batch, Shuffle = shuffle });

    public static Sequential Model()
    {
        var model = new Sequential(new Linear(2, 8), new BatchNorm1d(8), new Tanh(), new Dropout(0.1), new Linear(8, 2));
        model.Initialize(RandomKey.FromSeed(3));
        return model;
    }

    public static Tensor Loss(Tensor logits, Batch batch) => Ashlar.Nn.Loss.CrossEntropy(logits, batch.Y);

    public static Trainer<Batch> Trainer(TrainerOptions options, IReadOnlyList<Callback>? callbacks = null, ITrainingEvents? events = null, TimeProvider? time = null, Func<Tensor, Batch, Tensor>? loss = null)
    {
        Sequential model = Model();
        return new Trainer<Batch>(model, new AdamW(model.Parameters, 0.05), batch => model.Forward(batch.X), loss ?? Loss)
        {
            Options = options,
            Callbacks = callbacks ?? [],
            Events = events,
            Time = time ?? TimeProvider.System,
            Target = batch => batch.Y,
            Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
        };
    }

    public Batch Take(ReadOnlySpan<int> indices)
    {
        var x = new float[indices.Length * 2];
        var y = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            (x[2 * i], x[(2 * i) + 1]) = (_x[2 * indices[i]], _x[(2 * indices[i]) + 1]);
            y[i] = x[2 * i] > x[(2 * i) + 1] ? 1 : 0;
        }

        return new Batch(Tensor.From(x, indices.Length, 2), Tensor.From(y, indices.Length));
    }

    internal readonly record struct Batch(Tensor X, Tensor Y);
}
