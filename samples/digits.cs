#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj

// Trains on the handwritten digits that come with Ashlar, with a loop of its own, and prints accuracy and weights hash:
// the same hash on every machine, for any number of threads.
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Nn;
using Ashlar.Optim;

ImageDataset digits = Digits.Load();
var model = new Sequential(
    new Conv2d(1, 16, 3, padding: 1), new ReLU(), new MaxPool2d(2),
    new Flatten(), new Linear(16 * 4 * 4, 64), new ReLU(), new Linear(64, 10));
model.Initialize(RandomKey.FromSeed(7));

var optimizer = new AdamW(model.Parameters, learningRate: 3e-3);
var loader = new DataLoader<ImageBatch>(new ImageBatchSource(digits.Train, digits.Maximum), new DataLoaderOptions { BatchSize = 32, Seed = 7 });
for (int epoch = 1; epoch <= 3; epoch++)
{
    double sum = 0;
    foreach (ImageBatch batch in loader)
    {
        Tensor loss = Loss.CrossEntropy(model.Forward(batch.X), batch.Y);
        optimizer.Step(loss);
        sum += loss.Item<float>();
    }

    Console.WriteLine($"epoch {epoch}: loss {sum / loader.BatchCount:0.0000}");
}

model.Eval();
ImageBatch test = new ImageBatchSource(digits.Test, digits.Maximum).Take([.. Enumerable.Range(0, digits.Test.Count)]);
float[] logits = model.Forward(test.X).ToArray<float>();
int[] labels = test.Y.ToArray<int>();
int right = labels.Where((label, i) => logits.AsSpan(i * 10, 10).IndexOf(logits.Skip(i * 10).Take(10).Max()) == label).Count();
Console.WriteLine($"test accuracy {(double)right / labels.Length:0.00%}");
Console.WriteLine($"weights {WeightsHash.Of(model.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value)))}");
return right > labels.Length * 9 / 10 ? 0 : 1;
