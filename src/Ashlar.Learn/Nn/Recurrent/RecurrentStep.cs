namespace Ashlar.Nn;

/// <summary>One step of a recurrent network: from what inputs and state give to the gates, [N, gates · hidden] each, to the next state.</summary>
static class RecurrentStep
{
    /// <summary>h' = tanh(x + h), or max(x + h, 0).</summary>
    public static Tensor[] Elman(Tensor x, Tensor h, bool rectified) => [rectified ? (x + h).Relu() : (x + h).Tanh()];

    /// <summary>Gates i, f, g, o: c' = σ(f) · c + σ(i) · tanh(g), h' = σ(o) · tanh(c').</summary>
    public static Tensor[] Lstm(Tensor x, Tensor h, Tensor cell)
    {
        Tensor[] gates = Gates(x + h, 4);
        Tensor next = (gates[1].Sigmoid() * cell) + (gates[0].Sigmoid() * gates[2].Tanh());
        return [gates[3].Sigmoid() * next.Tanh(), next];
    }

    /// <summary>Gates r, z, n: n' = tanh(x_n + σ(r) · h_n), h' = (1 - σ(z)) · n' + σ(z) · h.</summary>
    public static Tensor[] Gru(Tensor x, Tensor h, Tensor state)
    {
        (Tensor[] fromX, Tensor[] fromH) = (Gates(x, 3), Gates(h, 3));
        Tensor update = (fromX[1] + fromH[1]).Sigmoid();
        Tensor next = (fromX[2] + ((fromX[0] + fromH[0]).Sigmoid() * fromH[2])).Tanh();
        return [((1 - update) * next) + (update * state)];
    }

    static Tensor[] Gates(Tensor all, int count)
    {
        int hidden = all.Shape[1] / count;
        return [.. Enumerable.Range(0, count).Select(gate => all.Slice(1, gate * hidden, hidden))];
    }
}
