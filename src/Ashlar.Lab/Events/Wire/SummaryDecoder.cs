using System.Text;

namespace Ashlar.Lab.Events;

/// <summary>Values of the message Summary as events: in the forms that this house writes, and in those of TensorFlow 1 and 2, PyTorch and others.</summary>
static class SummaryDecoder
{
    /// <summary>Adds the events of a value; one that breaks its format gives none.</summary>
    public static void Decode(ReadOnlySpan<byte> message, long step, double wallTime, TagNames tags, List<LoggedEvent> events)
    {
        string tag = "";
        float? simple = null;
        ReadOnlySpan<byte> image = default;
        ReadOnlySpan<byte> histogram = default;
        ReadOnlySpan<byte> tensor = default;
        ReadOnlySpan<byte> metadata = default;
        var value = new ProtoReader(message);
        while (value.Next())
        {
            switch (value.Field)
            {
                case 1: tag = tags.Of(value.Bytes); break;
                case 2: simple = value.Single; break;
                case 4: image = value.Bytes; break;
                case 5: histogram = value.Bytes; break;
                case 8: tensor = value.Bytes; break;
                case 9: metadata = value.Bytes; break;
            }
        }

        if (value.IsBroken)
        {
            return;
        }

        if (simple is { } number)
        {
            events.Add(new ScalarEvent(tag, step, wallTime, number));
        }
        else if (!histogram.IsEmpty)
        {
            AddHistogram(histogram, tag, step, wallTime, events);
        }
        else if (!image.IsEmpty)
        {
            AddImage(image, tag, step, wallTime, events);
        }
        else
        {
            string plugin = ReadMetadata(metadata, out ReadOnlySpan<byte> content);
            if (plugin == Plugin.Hyperparameters)
            {
                HyperparametersDecoder.Decode(content, step, wallTime, events);
            }
            else if (TensorValue.Read(tensor) is { } elements)
            {
                AddTensor(elements, plugin, tag, step, wallTime, events);
            }
        }
    }

    // A writer may name the plugin at a tag's first value alone; what has no name is told by its elements.
    static void AddTensor(TensorValue tensor, string plugin, string tag, long step, double wallTime, List<LoggedEvent> events)
    {
        bool unnamed = plugin.Length == 0;
        if (tensor.IsNumber && (unnamed || plugin == Plugin.Scalars))
        {
            events.Add(new ScalarEvent(tag, step, wallTime, tensor.Numbers[0]));
        }
        else if (tensor.IsTriples && (unnamed || plugin == Plugin.Histograms))
        {
            events.Add(FromTriples(tensor, tag, step, wallTime));
        }
        else if (tensor.Strings.Count > 2 && (plugin == Plugin.Images || (unnamed && LooksLikePicture(tensor.Strings[2]))))
        {
            AddPictures(tensor, tag, step, wallTime, events);
        }
        else if (tensor.Strings.Count > 0 && plugin == Plugin.Graph)
        {
            events.Add(new GraphEvent(tag, step, wallTime, tensor.Strings[0]));
        }
        else if (tensor.Strings.Count > 0 && (unnamed || plugin == Plugin.Text))
        {
            events.Add(new TextEvent(tag, step, wallTime, string.Join('\n', tensor.Strings.Select(Encoding.UTF8.GetString))));
        }
    }

    // Rows of left limit, right limit, count (TensorBoard's plugin «histograms»).
    static HistogramEvent FromTriples(TensorValue tensor, string tag, long step, double wallTime)
    {
        int buckets = tensor.Numbers.Count / 3;
        double[] limits = [.. Enumerable.Range(0, buckets).Select(i => tensor.Numbers[(3 * i) + 1])];
        double[] counts = [.. Enumerable.Range(0, buckets).Select(i => tensor.Numbers[(3 * i) + 2])];
        double minimum = buckets > 0 ? tensor.Numbers[0] : 0;
        return new HistogramEvent(tag, step, wallTime, limits, counts, minimum, buckets > 0 ? limits[^1] : 0, double.NaN, double.NaN, counts.Sum());
    }

    // Width, height, and one picture or more (TensorBoard's plugin «images»).
    static void AddPictures(TensorValue tensor, string tag, long step, double wallTime, List<LoggedEvent> events)
    {
        if (!int.TryParse(tensor.Strings[0], out int width) || !int.TryParse(tensor.Strings[1], out int height))
        {
            return;
        }

        for (int i = 2; i < tensor.Strings.Count; i++)
        {
            events.Add(new ImageEvent(tensor.Strings.Count > 3 ? FormattableString.Invariant($"{tag}/{i - 2}") : tag, step, wallTime, width, height, tensor.Strings[i]));
        }
    }

    // PNG, JPEG, GIF.
    static bool LooksLikePicture(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || bytes.StartsWith("GIF8"u8);

    static void AddHistogram(ReadOnlySpan<byte> message, string tag, long step, double wallTime, List<LoggedEvent> events)
    {
        double minimum = 0, maximum = 0, count = 0, sum = 0, sumOfSquares = 0;
        var limits = new List<double>();
        var counts = new List<double>();
        var histogram = new ProtoReader(message);
        while (histogram.Next())
        {
            switch (histogram.Field)
            {
                case 1: minimum = histogram.Double; break;
                case 2: maximum = histogram.Double; break;
                case 3: count = histogram.Double; break;
                case 4: sum = histogram.Double; break;
                case 5: sumOfSquares = histogram.Double; break;
                case 6: histogram.AddDoubles(limits); break;
                case 7: histogram.AddDoubles(counts); break;
            }
        }

        if (!histogram.IsBroken && limits.Count == counts.Count)
        {
            events.Add(new HistogramEvent(tag, step, wallTime, [.. limits], [.. counts], minimum, maximum, sum, sumOfSquares, count));
        }
    }

    static void AddImage(ReadOnlySpan<byte> message, string tag, long step, double wallTime, List<LoggedEvent> events)
    {
        int width = 0, height = 0;
        byte[] encoded = [];
        var image = new ProtoReader(message);
        while (image.Next())
        {
            switch (image.Field)
            {
                case 1: height = (int)image.Integer; break;
                case 2: width = (int)image.Integer; break;
                case 4: encoded = image.Bytes.ToArray(); break;
            }
        }

        if (!image.IsBroken)
        {
            events.Add(new ImageEvent(tag, step, wallTime, width, height, encoded));
        }
    }

    static string ReadMetadata(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> content)
    {
        string name = "";
        content = default;
        var metadata = new ProtoReader(message);
        while (metadata.Next())
        {
            if (metadata.Field == 1)
            {
                var data = new ProtoReader(metadata.Bytes);
                while (data.Next())
                {
                    if (data.Field == 1)
                    {
                        name = data.Text;
                    }
                    else if (data.Field == 2)
                    {
                        content = data.Bytes;
                    }
                }
            }
        }

        return name;
    }
}
