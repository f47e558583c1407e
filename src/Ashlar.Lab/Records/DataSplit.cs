namespace Ashlar.Lab;

/// <summary>A part of the examples, by which ones it holds.</summary>
/// <param name="Name">Such as <c>train</c>.</param>
/// <param name="Count">Examples.</param>
/// <param name="Sha256">Of their ids, in their order, each followed by a line feed, in UTF-8.</param>
public sealed record DataSplit(string Name, long Count, string Sha256);
