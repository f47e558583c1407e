using System.Text.Json;
using Ashlar.Data.Images;

namespace Ashlar.Cli.Tests;

public sealed class PredictTests(TrainedDigits trained) : IClassFixture<TrainedDigits>
{
    [Theory]
    [InlineData("zero", 0)]
    [InlineData("one", 1)]
    [InlineData("three", 3)]
    [InlineData("seven", 7)]
    public void A_drawn_digit_is_recognised(string name, int digit)
    {
        JsonElement answer = Tool.Run($"predict {trained.Folder} {Drawing.PathOf(name)} --json").Json;
        Assert.Equal(["class", "label", "probabilities"], answer.EnumerateObject().Select(property => property.Name));
        Assert.Equal(digit, answer.GetProperty("class").GetInt32());
        Assert.Equal($"{digit}", answer.GetProperty("label").GetString());
        double[] probabilities = [.. answer.GetProperty("probabilities").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(10, probabilities.Length);
        Assert.Equal(probabilities.Max(), probabilities[digit]);
        Assert.Equal(1, probabilities.Sum(), 5);
    }

    [Fact]
    public void The_committed_pictures_are_the_drawings()
    {
        Assert.Equal(4, Drawing.Names.Count());
        Assert.All(Drawing.Names, name => Assert.Equal(Drawing.Draw(name).Pixels, PngFile.Read(Drawing.PathOf(name)).ToGrey().Pixels));
    }

    [Fact]
    public void People_see_the_class_and_a_bar_for_each()
    {
        ToolResult result = Tool.Run($"predict {Path.Combine(trained.Folder, "model.safetensors")} {Drawing.PathOf("one")}");
        Assert.Equal(0, result.Code);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(11, lines.Length);
        Assert.Equal("1", lines[0]);
        Assert.Matches(@"^1 +\d+\.\d\d%  █+$", lines[2]);
        Assert.Matches(@"^6 +\d+\.\d\d%", lines[7]);
    }

    [Fact]
    public void Every_executor_gives_the_same_probabilities()
    {
        string usual = Tool.Run($"predict {trained.Folder} {Drawing.PathOf("three")} --json").Output;
        Assert.Equal(usual, Tool.Run($"predict {trained.Folder} {Drawing.PathOf("three")} --json --executor reference --threads 1").Output);
        Assert.Equal(usual, Tool.Run($"predict {trained.Folder} {Drawing.PathOf("three")} --json --executor interpreter --threads 3").Output);
    }

    [Fact]
    public void What_cannot_be_classified_is_refused()
    {
        using var folder = new TemporaryFolder();
        IdxFiles.Write(folder.Path, images: 2, size: 8);
        File.WriteAllText(folder.File("text.txt"), "text");
        PngFile.Write(folder.File("empty.png"), new GreyImage(3, 2, new byte[6]));
        string model = trained.Folder;
        Refused(1, $"predict {folder.Path} x.png", $"predict: there is no model at {folder.File("model.safetensors")}. Train one with `ashlar train`, or pass the folder that it wrote.");
        Refused(1, $"predict {model} {folder.File("x.png")}", $"predict: there is no file {folder.File("x.png")}. Pass a PNG picture or a file of IDX images.");
        Refused(1, $"predict {model} {folder.File("text.txt")}", $"{folder.File("text.txt")}: at byte 0: found neither the beginning of a PNG nor of an IDX file, expected one of them. Save the picture as PNG.");
        Refused(1, $"predict {model} {folder.File("empty.png")}", "ImagePreparation: every one of the 3 x 2 pixels has one grey value, so there is no character. Draw one, dark on light or light on dark.");
        Refused(2, $"predict {model} {Drawing.PathOf("one")} --index 3", $"predict: {Drawing.PathOf("one")} is one picture, so --index 3 names none. Leave it out.");
        Refused(2, $"predict {model} {folder.File("t10k-images-idx3-ubyte")} --index 2", $"predict: --index is 2 and {folder.File("t10k-images-idx3-ubyte")} holds 2 images. Pass 0 to 1.");
        Refused(1, $"predict {model} {folder.File("t10k-labels-idx1-ubyte")}", $"{folder.File("t10k-labels-idx1-ubyte")}: at byte 2: found uint8 [2], expected uint8 [N, H, W], images. Pass the file of images, not that of labels.");
        Refused(1, $"predict {model} {folder.File("t10k-images-idx3-ubyte")}", "ImageClassifier: a pixel is 100 and the model takes 0 to 16. Scale the pixels like those it was trained on.");
    }

    static void Refused(int code, string arguments, string message)
    {
        ToolResult result = Tool.Run(arguments);
        Assert.Equal((code, "", $"error: {message}\n"), (result.Code, result.Output, result.Errors));
    }
}
