using Ashlar.Data.Datasets;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>A model and settings that suit a dataset.</summary>
/// <param name="Classifier">The model, whose weights are not yet drawn.</param>
/// <param name="Options">How to train it.</param>
public sealed record ImageClassifierRecipe(ImageClassifier Classifier, ImageTrainingOptions Options)
{
    /// <summary>Two convolutions: padded and one pooling for images below 16 rows or columns, else two poolings.</summary>
    /// <exception cref="ShapeException">The images are smaller than 2 × 2.</exception>
    public static ImageClassifierRecipe For(ImageDataset data) => Math.Min(data.Height, data.Width) < 16 ? Small(data) : Large(data);

    static ImageClassifierRecipe Small(ImageDataset data)
    {
        var model = new Sequential(
            new Conv2d(data.Channels, 32, 3, padding: 1), new ReLU(),
            new Conv2d(32, 64, 3, padding: 1), new ReLU(),
            new MaxPool2d(2), new Flatten(), new Dropout(0.25),
            new Linear(64 * (data.Height / 2) * (data.Width / 2), 128), new ReLU(), new Dropout(0.5),
            new Linear(128, data.Classes));
        return Of(model, data, new ImageTrainingOptions { Epochs = 20, BatchSize = 32, LearningRate = 2e-3 });
    }

    static ImageClassifierRecipe Large(ImageDataset data)
    {
        int rows = (((data.Height - 2) / 2) - 2) / 2;
        int columns = (((data.Width - 2) / 2) - 2) / 2;
        var model = new Sequential(
            new Conv2d(data.Channels, 32, 3), new ReLU(), new MaxPool2d(2),
            new Conv2d(32, 64, 3), new ReLU(), new MaxPool2d(2),
            new Flatten(), new Linear(64 * rows * columns, 128), new ReLU(),
            new Linear(128, data.Classes));
        return Of(model, data, new ImageTrainingOptions { Epochs = 5, BatchSize = 64, LearningRate = 2e-3 });
    }

    static ImageClassifierRecipe Of(Sequential model, ImageDataset data, ImageTrainingOptions options)
        => new(new ImageClassifier(model, ImageForm.Of(data), data.ClassNames), options);
}
