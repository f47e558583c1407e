using Ashlar.Data.Datasets;
using Ashlar.Nn;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

/// <summary>Images that a tiny model tells apart: class 0 is lit above, class 1 below.</summary>
static class TinyImages
{
    public static ImageDataset Data { get; } = new("tiny", Set(24), Set(8), 4, ["above", "below"]);

    public static ImageClassifier Classifier() => new(
        new Sequential(new Conv2d(1, 4, 3, padding: 1), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(0.1), new Linear(16, 2)),
        ImageForm.Of(Data),
        Data.ClassNames);

    public static ImageTrainingOptions Options { get; } = new() { Epochs = 6, BatchSize = 5, LearningRate = 0.03, Seed = 3 };

    static ImageSet Set(int count)
    {
        var pixels = new byte[count * 16];
        var labels = new byte[count];
        for (int image = 0; image < count; image++)
        {
            labels[image] = (byte)(image % 2);
            for (int i = 0; i < 8; i++)
            {
                pixels[(image * 16) + (labels[image] * 8) + i] = (byte)(1 + ((image + i) % 4));
            }
        }

        return new ImageSet(pixels, labels, 1, 4, 4);
    }
}
