using Ashlar.Nn;

namespace Ashlar.Bench.Families;

/// <summary>An LSTM, and logits from its last output.</summary>
sealed class SequenceClassifier : Module
{
    readonly LSTM _lstm;
    readonly Linear _head;

    public SequenceClassifier(int features, int hidden, int classes)
    {
        _lstm = Register("lstm", new LSTM(features, hidden));
        _head = Register("head", new Linear(hidden, classes));
    }

    /// <param name="x">[steps, batch, features].</param>
    /// <returns>[batch, classes].</returns>
    protected override Tensor Apply(Tensor x) => _head.Forward(_lstm.Forward(x)[^1]);
}
