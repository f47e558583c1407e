#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj

// The examples of docs/training.md: groups, clipping, a schedule, accumulation, averages, and a run that goes on where it was saved.
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Nn;
using Ashlar.Optim;

ImageDataset digits = Digits.Load();
var loader = new DataLoader<ImageBatch>(new ImageBatchSource(digits.Train, digits.Maximum), new DataLoaderOptions { BatchSize = 32, Seed = 7 });
var model = new Sequential(new Flatten(), new Linear(64, 64), new Mish(), new Linear(64, 10));
model.Initialize(RandomKey.FromSeed(7));

var optimizer = new AdamW(model.Parameters, learningRate: 5e-3, weightDecay: 0.1) { ClipNorm = 1 };
optimizer.Group(model.Parameters.Where(parameter => parameter.Shape.Rank < 2)).WeightDecay = 0;
var schedule = new WarmupSchedule(new CosineSchedule(Peak: 5e-3, Steps: 3 * loader.BatchCount), Steps: 20);
var average = WeightAverage.Exponential(model.Parameters, decay: 0.98);
for (int epoch = 0; epoch < 3; epoch++)
{
    foreach (ImageBatch batch in loader)
    {
        optimizer.LearningRate = schedule.At(optimizer.Steps);
        optimizer.Step(Loss.CrossEntropy(model.Forward(batch.X), batch.Y, smoothing: 0.05));
        average.Update();
    }
}

average.Swap();
double averaged = Accuracy();
average.Swap();
Console.WriteLine($"last weights {Accuracy():0.0%}, averaged {averaged:0.0%}");

// Two halves of a batch give the step of the whole.
ImageBatch whole = loader.First();
int half = whole.X.Shape[0] / 2;
optimizer.Accumulate(Loss.CrossEntropy(model.Forward(whole.X.Slice(0, 0, half)), whole.Y.Slice(0, 0, half)) / 2);
optimizer.Step(Loss.CrossEntropy(model.Forward(whole.X.Slice(0, half, half)), whole.Y.Slice(0, half, half)) / 2);

// Few parameters and all data at once: quasi-Newton steps, each with a line search.
var slope = new Parameter(new Shape(2), _ => Tensor.Zeros(new Shape(2)));
Tensor x = Tensor.From([0f, 1f, 2f, 3f], 4);
var exact = new LBFGS([slope]);
for (int step = 0; step < 3; step++)
{
    exact.Step(() => Loss.MeanSquaredError((x * slope.Tensor.Slice(0, 0, 1)) + slope.Tensor.Slice(0, 1, 1), (x * 2) - 1));
}

float[] fit = slope.Tensor.ToArray<float>();
Console.WriteLine($"fitted line: {fit[0]:0.000} x {fit[1]:+ 0.000;- 0.000}");
return averaged > 0.9 && Math.Abs(fit[0] - 2) < 1e-3 ? 0 : 1;

double Accuracy()
{
    using var scope = Transform.NoGradient();
    ImageBatch all = new ImageBatchSource(digits.Test, digits.Maximum).Take([.. Enumerable.Range(0, digits.Test.Count)]);
    long[] answers = model.Forward(all.X).ArgMax(1).ToArray<long>();
    int[] labels = all.Y.ToArray<int>();
    return labels.Where((label, i) => label == answers[i]).Count() / (double)labels.Length;
}
