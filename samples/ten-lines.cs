#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj

// The example of the README, as it stands there: one epoch over the digits.
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Nn;
using Ashlar.Optim;

ImageDataset digits = Digits.Load();
var model = new Sequential(new Conv2d(1, 16, 3, padding: 1), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(256, 10));
model.Initialize(RandomKey.FromSeed(7));
var optimizer = new AdamW(model.Parameters, learningRate: 3e-3);
var loader = new DataLoader<ImageBatch>(new ImageBatchSource(digits.Train, digits.Maximum), new DataLoaderOptions { BatchSize = 32, Seed = 7 });
foreach (ImageBatch batch in loader)
{
    Tensor loss = Loss.CrossEntropy(model.Forward(batch.X), batch.Y);
    optimizer.Step(loss);
}

Console.WriteLine($"{optimizer.Steps} steps");
return optimizer.Steps == loader.BatchCount ? 0 : 1;
