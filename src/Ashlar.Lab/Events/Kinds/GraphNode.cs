namespace Ashlar.Lab.Events;

/// <summary>A node of a graph to be shown.</summary>
/// <param name="Name">Its name; <c>/</c> parts it into groups.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Inputs">Names of the nodes whose results it takes.</param>
/// <param name="Attributes">Facts about it, name and text, in the order in which they are written.</param>
public sealed record GraphNode(string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<KeyValuePair<string, string>> Attributes);
