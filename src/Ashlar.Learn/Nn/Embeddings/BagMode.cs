namespace Ashlar.Nn;

/// <summary>How an <see cref="EmbeddingBag"/> joins the rows of a bag.</summary>
public enum BagMode
{
    /// <summary>Their mean; 0 for an empty bag.</summary>
    Mean,

    /// <summary>Their sum, each row times its weight where weights are given; 0 for an empty bag.</summary>
    Sum,

    /// <summary>The largest of each feature; 0 for an empty bag.</summary>
    Max,
}
