using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>The fuser's decisions.</summary>
/// <param name="Groups">The launches in the order in which they run.</param>
/// <param name="GroupOf">The launch that computes a node.</param>
/// <param name="Inline">Nodes that no launch computes for all: each reader computes them again.</param>
sealed record Launches(List<Group> Groups, Dictionary<Node, Group> GroupOf, InlineNodes Inline);
