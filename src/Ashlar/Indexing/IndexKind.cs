namespace Ashlar;

/// <summary>What a <see cref="TensorIndex"/> is. The first is what <c>default</c> means: nothing was written.</summary>
enum IndexKind : byte
{
    Absent,
    Slice,
    Position,
    Ellipsis,
    NewAxis,
    Integers,
    Mask,
}
