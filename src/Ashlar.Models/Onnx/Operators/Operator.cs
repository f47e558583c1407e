namespace Ashlar.Onnx.Operators;

/// <summary>One row of the table of operators: a function from a call to its results.</summary>
/// <param name="Name">The operator's name in its domain.</param>
/// <param name="Since">The first version of the operator set that the body serves; it serves all later ones up to the next row of the name.</param>
/// <param name="Body">Records the results.</param>
sealed record Operator(string Name, int Since, Func<OperatorCall, Results> Body)
{
    /// <summary>The domain, "" for ONNX's own.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Whether two calls with equal inputs may differ, so that no result is computed ahead.</summary>
    public bool IsRandom { get; init; }

    /// <summary>Whether the extents of the results depend on the values of the inputs, which are read on the host for it.</summary>
    public bool IsSizedByValues { get; init; }

    /// <summary>Whether the results depend on the inputs' shapes alone.</summary>
    public bool ReadsShapesOnly { get; init; }
}
