namespace Ashlar.Bench;

/// <summary>A row that is more than two sides doing the same work in turn: processes that start, memory, one thread against two.</summary>
/// <param name="Name">What is measured; with <paramref name="Size"/> it names the row.</param>
/// <param name="Size">Of which work.</param>
/// <param name="Target">The ratio to reach.</param>
/// <param name="Measure">Rounds of product and peer on so many threads.</param>
sealed record SpecialRow(string Name, string Size, Target Target, Func<Options, int, Rounds> Measure) : IRow
{
    /// <summary>The least number of threads that the row makes sense on.</summary>
    public int Least { get; init; } = 1;

    /// <summary>Unit of the figures.</summary>
    public string Unit { get; init; } = "s";
}
