namespace Ashlar.Lab.Queries;

/// <summary>Rows of one kind.</summary>
/// <param name="Name"><c>configuration</c>, <c>code</c>, <c>data</c>, <c>environment</c> or <c>metrics</c>.</param>
/// <param name="Rows">In ordinal order of their names, save where the kind has an order of its own.</param>
public sealed record ComparisonSection(string Name, IReadOnlyList<ComparisonRow> Rows);
