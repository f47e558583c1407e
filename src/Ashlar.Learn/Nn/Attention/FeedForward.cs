namespace Ashlar.Nn;

/// <summary>The two linear layers of a transformer layer.</summary>
sealed record FeedForward(Linear First, Linear Second, Func<Tensor, Tensor>? Activation, Dropout? Drop)
{
    public Tensor Apply(Tensor x)
    {
        Tensor y = First.Forward(x);
        y = Activation is null ? y.Relu() : Activation(y);
        return Second.Forward(Drop is null ? y : Drop.Forward(y));
    }
}
