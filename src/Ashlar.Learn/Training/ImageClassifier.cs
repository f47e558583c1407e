using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>A model with what it takes to use it: the form of its images and the names of its classes.</summary>
public sealed class ImageClassifier
{
    const int MeasureBatch = 256;

    /// <param name="model">[N, channels, height, width] in, [N, classes] logits out.</param>
    /// <param name="form">What its images look like.</param>
    /// <param name="classNames">A name for every class, by number.</param>
    public ImageClassifier(Module model, ImageForm form, IReadOnlyList<string> classNames)
    {
        Model = model;
        Form = form;
        ClassNames = classNames;
    }

    /// <summary>[N, channels, height, width] in, [N, classes] logits out.</summary>
    public Module Model { get; }

    /// <summary>What its images look like.</summary>
    public ImageForm Form { get; }

    /// <summary>The name of every class, by number.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The hash of the whole state of the model (<see cref="Ashlar.WeightsHash"/>), 64 hexadecimal digits.</summary>
    public string WeightsHash() => Ashlar.WeightsHash.Of(State());

    /// <summary>Softmax of the logits of every image of a set. The model is left in evaluation.</summary>
    /// <returns>For every image [classes], float32, which sum to 1 but for rounding.</returns>
    /// <exception cref="ShapeException">The images have another form.</exception>
    /// <exception cref="ArgumentException">There are no images, or a pixel exceeds the form's maximum.</exception>
    public IReadOnlyList<float[]> Probabilities(ImageSet images) => Rows(images, logits => (logits - logits.LogSumExp([1], keepAxes: true)).Exp());

    /// <summary>Share of the images of a set that are classified as labelled, 0 to 1. The model is left in evaluation.</summary>
    /// <exception cref="ShapeException">The images have another form.</exception>
    /// <exception cref="ArgumentException">There are no images, or a pixel exceeds the form's maximum.</exception>
    public double Accuracy(ImageSet images)
    {
        List<float[]> rows = Rows(images, logits => logits);
        int right = 0;
        for (int image = 0; image < rows.Count; image++)
        {
            right += Largest(rows[image]) == images.Labels[image] ? 1 : 0;
        }

        return (double)right / rows.Count;
    }

    /// <summary>The number of the largest value, the first of several.</summary>
    public static int Largest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    internal SafetensorsTensor[] State() => [.. Model.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value))];

    List<float[]> Rows(ImageSet images, Func<Tensor, Tensor> finish)
    {
        Form.Check(images);
        Model.Eval();
        using Ir.Node.NoGradientScope scope = Transform.NoGradient();
        var rows = new List<float[]>(images.Count);
        foreach (ImageBatch batch in new DataLoader<ImageBatch>(new ImageBatchSource(images, Form.Maximum), new DataLoaderOptions { BatchSize = MeasureBatch, Shuffle = false }))
        {
            Tensor result = finish(Model.Forward(batch.X));
            rows.AddRange(result.ToArray<float>().Chunk(result.Shape[1]));
        }

        return rows;
    }
}
