namespace Ashlar.Bench;

/// <summary>One line of the table before it is measured: the product's side, and the name of the function in bench/peers that gives the peers' side.</summary>
/// <param name="Name">What is computed; with <paramref name="Size"/> it names the row.</param>
/// <param name="Size">Extents as people write them: 64x10x256.</param>
/// <param name="Target">The ratio to reach.</param>
sealed record Row(string Name, string Size, Target Target) : IRow
{
    /// <summary>MODULE.FUNCTION in bench/peers; it takes the inputs in order, then <see cref="Arguments"/> by name.</summary>
    public required string Peer { get; init; }

    /// <summary>Arrays for both sides.</summary>
    public required Input[] Inputs { get; init; }

    /// <summary>Called once with the inputs; what it returns is called and evaluated again and again, as a user's loop would. Its results are compared with the peer's.</summary>
    public required Func<Tensor[], Func<Tensor[]>> Product { get; init; }

    /// <summary>Named arguments of the peer's function.</summary>
    public IReadOnlyDictionary<string, object> Arguments { get; init; } = new Dictionary<string, object>();

    /// <summary>Largest error against the float64 computation that is right: the largest difference, relative to the largest magnitude of the exact result. 0 for whole numbers.</summary>
    public double Bound { get; init; } = 2e-6;

    /// <summary>Whether the target is against the peer that writes into memory it was given, not the one that returns a new array.</summary>
    public bool AgainstOut { get; init; }

    /// <summary>Calls of a fresh product and peer before their results are compared: more than one where a call changes state.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>Whether other processes spin on every core meanwhile.</summary>
    public bool IsCrowded { get; init; }

    /// <summary>A row whose product is one expression of the inputs.</summary>
    public static Func<Tensor[], Func<Tensor[]>> Of(Func<Tensor[], Tensor> expression) => inputs => () => [expression(inputs)];

    /// <summary>A row that computes an expression and its gradients by the first inputs; the last input is what comes back from the loss.</summary>
    public static Func<Tensor[], Func<Tensor[]>> WithGradients(int by, Func<Tensor[], Tensor> expression) => inputs => () =>
    {
        (Tensor[] values, Func<Tensor[], Tensor[]> pullback) = Transform.Vjp(x => [expression(x)], inputs[..by]);
        return [.. values, .. pullback([inputs[^1]])];
    };
}
