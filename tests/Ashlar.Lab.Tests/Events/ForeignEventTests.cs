using Ashlar.Lab.Events;

namespace Ashlar.Lab.Tests.Events;

/// <summary>Files that others wrote, and forms that are not ours.</summary>
public sealed class ForeignEventTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // tools/vectors/tensorboard_events.py
    [Fact]
    public void What_PyTorch_wrote_is_read()
    {
        List<LoggedEvent> events = Read("torch.tfevents");

        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => ("loss/train", (long)i, (double)(1f / (i + 1)))).Append(("new/style", 3, 0.25)),
            events.OfType<ScalarEvent>().Select(e => (e.Tag, e.Step, e.Value)));
        Assert.Equal(new HistogramEvent("weights", 2, 1700000007, [-0.5, 0, 0.5, 1], [26, 25, 25, 25], -1, 1, 0.5, 34, 101), Assert.Single(events.OfType<HistogramEvent>()) with { WallTime = 1700000007 });
        ImageEvent image = Assert.Single(events.OfType<ImageEvent>());
        Assert.Equal(("picture", 2, 4, 3), (image.Tag, image.Step, image.Width, image.Height));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], image.Encoded[..4]);
        TextEvent text = Assert.Single(events.OfType<TextEvent>());
        Assert.Equal(("note/text_summary", 4, "größer als **1** < 2"), (text.Tag, text.Step, text.Text));
        IReadOnlyList<GraphNode> nodes = GraphDefinition.Read(Assert.Single(events.OfType<GraphEvent>()).Definition);
        Assert.Contains(nodes, node => node is { Name: "input/input", Operation: "IO Node" });
        Assert.All(events, e => Assert.InRange(e.WallTime, 1700000000, 1700000020));
    }

    // PyTorch 1.13 writes truth values as numbers, because Python's are integers.
    [Fact]
    public void Hyperparameters_that_PyTorch_wrote_are_read()
    {
        List<LoggedEvent> events = Read("torch-hyperparameters.tfevents");

        HyperparametersEvent start = Assert.Single(events.OfType<HyperparametersEvent>());
        Assert.Equal(new Dictionary<string, object> { ["lr"] = 0.1, ["name"] = "adam", ["wide"] = 1.0 }, start.Values.ToDictionary());
        HyperparametersExperimentEvent experiment = Assert.Single(events.OfType<HyperparametersExperimentEvent>());
        Assert.Equal(HyperparameterKind.Number, experiment.Parameters["lr"]);
        Assert.Equal(["hparam/accuracy"], experiment.Metrics);
        Assert.Equal(HyperparametersStatus.Success, Assert.Single(events.OfType<HyperparametersEndEvent>()).Status);
        Assert.Equal(0.9f, Assert.Single(events.OfType<ScalarEvent>()).Value);
    }

    [Fact]
    public void Tensors_of_TensorFlow_2_are_told_by_their_plugin_or_by_what_they_hold()
    {
        ProtoWriter shape = new ProtoWriter().Message(2, new ProtoWriter().Integer(1, 2)).Message(2, new ProtoWriter().Integer(1, 3));
        ProtoWriter histogram = new ProtoWriter().Integer(1, 1).Message(2, shape).Bytes(4, [.. new float[] { -1, 0, 5, 0, 2, 7 }.SelectMany(BitConverter.GetBytes)]);
        ProtoWriter pictures = new ProtoWriter().Integer(1, 7).Text(8, "4").Text(8, "3").Bytes(8, [0x89, 0x50, 0x4E, 0x47, 1]).Bytes(8, [0xFF, 0xD8, 0xFF]);
        ProtoWriter texts = new ProtoWriter().Integer(1, 7).Text(8, "one").Text(8, "two");
        ProtoWriter half = new ProtoWriter().Integer(1, 19).Integer(13, 0x3E00);
        ProtoWriter unpacked = new ProtoWriter().Integer(1, 2).Double(6, 0.1);

        Assert.Equal(new HistogramEvent("t", 5, 9, [0, 2], [5, 7], -1, 2, double.NaN, double.NaN, 12), Assert.Single(Decode(histogram, "histograms")));
        Assert.Equal(["t/0", "t/1"], Decode(pictures, "images").Cast<ImageEvent>().Where(image => (image.Width, image.Height) == (4, 3)).Select(image => image.Tag));
        Assert.Equal(new TextEvent("t", 5, 9, "one\ntwo"), Assert.Single(Decode(texts, "text")));
        Assert.Equal(new ScalarEvent("t", 5, 9, 1.5), Assert.Single(Decode(half, "scalars")));
        Assert.Equal(new ScalarEvent("t", 5, 9, 0.1), Assert.Single(Decode(unpacked, "scalars")));
        Assert.Equal([1, 2, 1, 1, 1], new[] { histogram, pictures, texts, half, unpacked }.Select(tensor => Decode(tensor, "").Count));
        Assert.Empty(Decode(histogram, "pr_curves"));
    }

    static List<LoggedEvent> Decode(ProtoWriter tensor, string plugin)
    {
        ProtoWriter value = new ProtoWriter().Text(1, "t").Message(8, tensor);
        if (plugin.Length > 0)
        {
            value.Message(9, Plugin.Metadata(plugin, Plugin.TensorClass));
        }

        var events = new List<LoggedEvent>();
        byte[] record = new ProtoWriter().Double(1, 9).Integer(2, 5).Message(5, new ProtoWriter().Message(1, value)).Written.ToArray();
        Assert.True(EventDecoder.Decode(record, new TagNames(), events));
        return events;
    }

    List<LoggedEvent> Read(string name)
    {
        using (Stream stream = typeof(ForeignEventTests).Assembly.GetManifestResourceStream(typeof(ForeignEventTests), $"Data.{name}")!)
        using (FileStream file = File.Create(_folder.At(name)))
        {
            stream.CopyTo(file);
        }

        return [.. EventFolder.Read(_folder.Path)];
    }
}
