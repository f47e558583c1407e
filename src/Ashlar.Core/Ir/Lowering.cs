namespace Ashlar.Ir;

/// <summary>How the scheduler treats a primitive.</summary>
public enum Lowering : byte
{
    /// <summary>A leaf: bound to a slot when the plan runs.</summary>
    Source,

    /// <summary>A number folded into the kernels that read it.</summary>
    Literal,

    /// <summary>A leaf computed from its coordinates.</summary>
    Iota,

    /// <summary>One result element from the elements at the same coordinates.</summary>
    Map,

    /// <summary>Another view of the same elements: absorbed into the strides of its readers, else copied.</summary>
    View,

    /// <summary>Copies whole regions into a larger result.</summary>
    Region,

    /// <summary>A reduction over axes.</summary>
    Reduce,

    /// <summary>A matrix product over axes.</summary>
    Dot,

    /// <summary>A convolution.</summary>
    Conv,

    /// <summary>A loop of its own in the kernel library.</summary>
    Library,
}
