namespace Ashlar.Kernels;

/// <summary>How a loop nest reads or writes one array.</summary>
/// <param name="Binding">Which memory: a number that the step resolves. Unused for coordinates.</param>
/// <param name="Type">Element type.</param>
/// <param name="Offset">First element, or first value of coordinates.</param>
/// <param name="Strides">Distance in elements, or in values, along each axis of the nest.</param>
/// <param name="IsCoordinate">Whether the values are computed from the place instead of read: offset + Σ coordinate · stride, int32.</param>
sealed record Operand(int Binding, DType Type, int Offset, int[] Strides, bool IsCoordinate = false);
