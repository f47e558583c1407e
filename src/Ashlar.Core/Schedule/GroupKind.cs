namespace Ashlar.Schedule;

/// <summary>What a launch does.</summary>
enum GroupKind : byte
{
    /// <summary>Maps over one space.</summary>
    Map,

    /// <summary>Reductions over the trailing axes with maps before, between and after.</summary>
    Row,

    /// <summary>A reduction over any axes with maps before and after.</summary>
    Reduce,

    /// <summary>Reductions that keep the same axes and maps that read what they give, slice by slice.</summary>
    Slices,

    /// <summary>A product or convolution with maps after.</summary>
    Contract,

    /// <summary>A product, rows over its result, and a product that takes the rows, in blocks of rows; maps on the result.</summary>
    Attention,

    /// <summary>A kernel of the library.</summary>
    Library,
}
