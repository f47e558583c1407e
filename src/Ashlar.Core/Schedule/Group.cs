using Ashlar.Ir;
using Ashlar.Kernels;

namespace Ashlar.Schedule;

/// <summary>The nodes that one launch computes.</summary>
sealed class Group(int number, GroupKind kind, Shape shape)
{
    /// <summary>Place in the order of launches.</summary>
    public int Number { get; set; } = number;

    public GroupKind Kind { get; set; } = kind;

    /// <summary>Extents of the space, without axes of extent 1.</summary>
    public int[] Extents { get; set; } = Space.Of(shape);

    /// <summary>For rows: how many of the extents count rows.</summary>
    public int RowAxes { get; set; }

    /// <summary>The reduction, product or library node that the launch is about, if it is about one.</summary>
    public Node? Root { get; set; }

    /// <summary>For a reduction: the maps before it. For attention: all before the second product.</summary>
    public List<Node> Before { get; } = [];

    /// <summary>For attention: the product that gives the scores, with its maps. They and the rows stand in <see cref="Before"/>.</summary>
    public Group? Scores { get; init; }

    /// <summary>For attention: the rows that make weights of the scores.</summary>
    public Group? Rows { get; init; }

    /// <summary>The maps, and for rows the reductions, in order.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>For rows: reductions over the rows of what the launch reads or computes. The maps after each run when all rows are through.</summary>
    public List<Group> Sums { get; } = [];

    /// <summary>For slices: the reductions and maps that pass over each slice, in order.</summary>
    public List<Group> Parts { get; } = [];

    /// <summary>Why the launch begins here, and what joined it.</summary>
    public List<Func<string>> Decisions { get; } = [];

    public bool IsFull(Shape shape) => Space.Of(shape).AsSpan().SequenceEqual(Extents);

    public bool IsRow(Shape shape) => Space.Of(shape).AsSpan().SequenceEqual(Extents.AsSpan(0, RowAxes));
}
