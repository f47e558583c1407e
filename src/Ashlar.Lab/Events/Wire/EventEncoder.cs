namespace Ashlar.Lab.Events;

/// <summary>Events as records of the message Event, frame included.</summary>
static class EventEncoder
{
    /// <summary>The record by which every file begins.</summary>
    /// <param name="wallTime">Seconds since 1970.</param>
    public static byte[] FileVersion(double wallTime) => Frame(new ProtoWriter().Double(1, wallTime).Text(3, "brain.Event:2").Message(10, new ProtoWriter().Text(1, "ashlar")));

    /// <summary>The record of an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="wallTime">Seconds since 1970, in place of the event's.</param>
    public static byte[] Encode(LoggedEvent e, double wallTime)
    {
        ProtoWriter head = new ProtoWriter().Double(1, wallTime).Integer(2, e.Step);
        return Frame(e switch
        {
            SessionStartEvent => head.Message(7, new ProtoWriter().Integer(1, 1)),
            GraphEvent { Tag: "" } graph => head.Bytes(4, graph.Definition),
            _ => head.Message(5, new ProtoWriter().Message(1, Value(e, wallTime))),
        });
    }

    static ProtoWriter Value(LoggedEvent e, double wallTime)
    {
        ProtoWriter value = new ProtoWriter().Text(1, e.Tag);
        return e switch
        {
            HistogramEvent histogram => value.Message(5, Histogram(histogram)),
            ImageEvent image => value.Message(4, Image(image)),
            TextEvent text => value.Message(9, Plugin.Metadata(Plugin.Text, Plugin.TensorClass)).Message(8, Strings(System.Text.Encoding.UTF8.GetBytes(text.Text))),
            GraphEvent graph => value.Message(9, Plugin.Metadata(Plugin.Graph, Plugin.TensorClass)).Message(8, Strings(graph.Definition)),
            HyperparametersEvent hparams => Hyperparameters(value, HyperparametersEncoder.Start(hparams, wallTime)),
            HyperparametersExperimentEvent experiment => Hyperparameters(value, HyperparametersEncoder.Experiment(experiment, wallTime)),
            HyperparametersEndEvent end => Hyperparameters(value, HyperparametersEncoder.End(end, wallTime)),
            _ => throw new ArgumentException($"event log: {e.GetType().Name} has no form in an event file. Write one of the kinds in Ashlar.Lab.Events.", nameof(e)),
        };
    }

    static ProtoWriter Histogram(HistogramEvent e) => new ProtoWriter()
        .Double(1, e.Minimum).Double(2, e.Maximum).Double(3, e.Count).Double(4, e.Sum).Double(5, e.SumOfSquares)
        .Doubles(6, e.Limits).Doubles(7, e.Counts);

    // Colour space 4 is RGBA; readers take what they show from the picture itself.
    static ProtoWriter Image(ImageEvent e) => new ProtoWriter().Integer(1, e.Height).Integer(2, e.Width).Integer(3, 4).Bytes(4, e.Encoded);

    /// <summary>A tensor without axes that holds one string.</summary>
    static ProtoWriter Strings(ReadOnlySpan<byte> text) => new ProtoWriter().Integer(1, TensorValue.String).Bytes(2, []).Bytes(8, text);

    /// <summary>The hyperparameters are in the metadata; a tensor without elements stands for the value, as TensorBoard's own writer has it.</summary>
    static ProtoWriter Hyperparameters(ProtoWriter value, ProtoWriter data)
    {
        ProtoWriter noElements = new ProtoWriter().Integer(1, TensorValue.Float).Message(2, new ProtoWriter().Message(2, new ProtoWriter().Integer(1, 0)));
        return value.Message(9, Plugin.Metadata(Plugin.Hyperparameters, Plugin.TensorClass, data.Written)).Message(8, noElements);
    }

    static byte[] Frame(ProtoWriter message)
    {
        ReadOnlySpan<byte> record = message.Written;
        if (record.Length > RecordFrame.Longest)
        {
            throw new ArgumentException($"event log: an event of {record.Length} bytes is longer than the {RecordFrame.Longest} bytes that a record may have. Keep it as an artifact of the run.", nameof(message));
        }

        var framed = new byte[RecordFrame.Before + record.Length + RecordFrame.Behind];
        record.CopyTo(framed.AsSpan(RecordFrame.Before));
        RecordFrame.Close(framed);
        return framed;
    }
}
