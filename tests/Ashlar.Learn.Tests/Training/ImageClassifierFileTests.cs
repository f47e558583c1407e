using Ashlar.Data.Images;
using Ashlar.Nn;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

public sealed class ImageClassifierFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ashlar-").FullName;

    string ModelPath => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_classifier_comes_back_as_it_was()
    {
        ImageClassifier saved = TinyImages.Classifier();
        new ImageClassifierTraining(saved, TinyImages.Data, TinyImages.Options).Run(cancellation: TestContext.Current.CancellationToken);
        ImageClassifierFile.Save(ModelPath, saved, new Dictionary<string, string> { ["dataset"] = "tiny" });
        ImageClassifier loaded = ImageClassifierFile.Load(ModelPath);
        Assert.Equal(saved.Probabilities(TinyImages.Data.Test), loaded.Probabilities(TinyImages.Data.Test));
        Assert.Equal(saved.WeightsHash(), loaded.WeightsHash());
        Assert.Equal(saved.Form, loaded.Form);
        Assert.Equal(["above", "below"], loaded.ClassNames);
        Assert.Equal(saved.Model.ToString(), loaded.Model.ToString());
    }

    [Fact]
    public void Every_layer_is_rebuilt_from_what_it_prints()
    {
        var model = new Sequential(
            new Conv2d(1, 2, (3, 5), stride: (2, 1), padding: 1, dilation: 1, bias: false), new BatchNorm2d(2, epsilon: 1e-3, momentum: 0.25), new GELU(),
            new AvgPool2d(2, stride: 1), new MaxPool2d((2, 1), padding: (1, 0)), new Sequential(new Flatten(), new Dropout(1e-7)), new Linear(2, 2, bias: false));
        ImageClassifierFile.Save(ModelPath, new ImageClassifier(model, new ImageForm(1, 4, 4, 255), ["a", "b"]), new Dictionary<string, string>());
        Assert.Equal(model.ToString(), ImageClassifierFile.Load(ModelPath).Model.ToString());
    }

    [Fact]
    public void A_picture_is_prepared_as_the_form_says()
    {
        var picture = new GreyImage(2, 2, [255, 255, 255, 0]);
        Assert.Equal([4, 4, 4, 4], new ImageForm(1, 2, 2, 4, new ImagePreparation { Size = 2, Margin = 0, Maximum = 4 }).Prepare(picture).Pixels);
        Assert.Equal(picture.Pixels, new ImageForm(1, 2, 2, 255).Prepare(picture).Pixels);
        Assert.Equal(
            "ImageClassifier: the images are [1, 2, 2] and the model takes [1, 3, 2]. Pass images like those it was trained on.",
            Assert.Throws<ShapeException>(() => new ImageForm(1, 3, 2, 255).Prepare(picture)).Message);
        Assert.Equal(
            "ImageClassifier: a pixel is 255 and the model takes 0 to 16. Scale the pixels like those it was trained on.",
            Assert.Throws<ArgumentException>(() => new ImageForm(1, 2, 2, 16).Prepare(picture)).Message);
    }

    [Theory]
    [InlineData("format", null, "found no 'format' in the metadata, expected the metadata of an image classifier. Take a file as `ashlar train` wrote it.")]
    [InlineData("format", "other", "found the format 'other', expected 'ashlar image classifier 1'. Use the version of Ashlar that wrote the file.")]
    [InlineData("numerics", "2", "found the numerics '2', expected '1'. Use the version of Ashlar that wrote the file.")]
    [InlineData("classes", "[]", "found the classes '[]', expected a JSON array of names. Take a file as `ashlar train` wrote it.")]
    [InlineData("classes", "[null, ", "found the classes '[null, ', expected a JSON array of names. Take a file as `ashlar train` wrote it.")]
    [InlineData("classes", "[\"a\"]", "found a model that makes [1, 2] of an image, expected [1, 1], one number for each class. Take a file as `ashlar train` wrote it.")]
    [InlineData("images", "1 4 4", "found the images '1 4 4', expected 4 numbers from 1 to 65536. Take a file as `ashlar train` wrote it.")]
    [InlineData("images", "1 4 4 x", "found the images '1 4 4 x', expected 4 numbers from 1 to 65536. Take a file as `ashlar train` wrote it.")]
    [InlineData("preparation", "4", "found the preparation '4', expected 2 numbers from 0 to 65536. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Tower(3)", "found the layer 'Tower', expected a layer of Ashlar. Use the version of Ashlar that wrote the file.")]
    [InlineData("architecture", "new ReLU() )", "found ')' in the architecture, expected the end. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Sequential(new ReLU()", "found the end of the architecture, expected ','. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new ReLU(3)", "found in the architecture ReLU with 1 arguments too many, expected the arguments of ReLU. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Linear(3)", "found in the architecture Linear with an argument too few, expected the arguments of Linear. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Linear(99999999, 3)", "found in the architecture Linear with an extent that is none, expected the arguments of Linear. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Linear(3, 3, bias: 7)", "found in the architecture Linear with bias: 7, expected the arguments of Linear. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Conv2d(1, 4, 3, padding: 1, padding: 1)", "found in the architecture Conv2d with the argument 'padding' twice, expected the arguments of Conv2d. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Dropout(2)", "found an architecture that cannot be built: Dropout: the probability 2 lies outside 0 ≤ p < 1. Give the share of elements to drop. (Parameter 'probability'), expected layers that can. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Linear(65536, 65536)", "found an architecture that cannot be built: ")]
    [InlineData("architecture", "new Linear(16, 2)", "found no tensor 'weight', expected weight [2, 16], as the architecture says. Take a file as `ashlar train` wrote it.")]
    [InlineData("architecture", "new Sequential(new Linear(16, 9))", "found the tensor '0.weight' [4, 1, 3, 3], expected 0.weight [9, 16], as the architecture says. Take a file as `ashlar train` wrote it.")]
    public void A_file_that_is_none_is_refused(string key, string? value, string message)
    {
        ImageClassifierFile.Save(ModelPath, TinyImages.Classifier(), new Dictionary<string, string>());
        Rewrite(key, value);
        Assert.StartsWith($"{ModelPath}: {message}", Assert.Throws<ParseException>(() => ImageClassifierFile.Load(ModelPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_architecture_of_very_many_layers_is_refused()
    {
        ImageClassifierFile.Save(ModelPath, TinyImages.Classifier(), new Dictionary<string, string>());
        Rewrite("architecture", $"new Sequential({string.Join(", ", Enumerable.Repeat("new ReLU()", 300))})");
        Assert.EndsWith("found more than 256 layers, expected at most 256. Take a file as `ashlar train` wrote it.", Assert.Throws<ParseException>(() => ImageClassifierFile.Load(ModelPath)).Message, StringComparison.Ordinal);
    }

    void Rewrite(string key, string? value)
    {
        SafetensorsTensor[] tensors;
        Dictionary<string, string> metadata;
        using (SafetensorsFile file = SafetensorsFile.Open(ModelPath))
        {
            tensors = file.ReadAll();
            metadata = new Dictionary<string, string>(file.Metadata);
        }

        metadata.Remove(key);
        if (value is not null)
        {
            metadata[key] = value;
        }

        SafetensorsWriter.Save(ModelPath, tensors, metadata);
    }
}
