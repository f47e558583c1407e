namespace Ashlar.Lab.Events;

/// <summary>Names by which a summary says what kind it is (message SummaryMetadata), and the messages that say so.</summary>
static class Plugin
{
    /// <summary>Numbers.</summary>
    public const string Scalars = "scalars";

    /// <summary>Distributions.</summary>
    public const string Histograms = "histograms";

    /// <summary>Pictures.</summary>
    public const string Images = "images";

    /// <summary>Texts.</summary>
    public const string Text = "text";

    /// <summary>Hyperparameters.</summary>
    public const string Hyperparameters = "hparams";

    /// <summary>Graphs with a tag; other readers pass over them.</summary>
    public const string Graph = "ashlar_graph";

    /// <summary>Data class of what is one number a step.</summary>
    public const int ScalarClass = 1;

    /// <summary>Data class of what is a tensor a step.</summary>
    public const int TensorClass = 2;

    /// <summary>The message SummaryMetadata.</summary>
    /// <param name="name">A name above.</param>
    /// <param name="dataClass">A class above.</param>
    /// <param name="content">What the kind keeps besides.</param>
    public static ProtoWriter Metadata(string name, int dataClass, ReadOnlySpan<byte> content = default)
    {
        ProtoWriter data = new ProtoWriter().Text(1, name);
        if (!content.IsEmpty)
        {
            data.Bytes(2, content);
        }

        return new ProtoWriter().Message(1, data).Integer(4, dataClass);
    }
}
