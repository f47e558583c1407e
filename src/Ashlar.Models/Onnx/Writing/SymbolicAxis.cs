namespace Ashlar.Onnx.Writing;

/// <summary>An axis of an input that may have any extent in the written file.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Input">The input that tells the extent.</param>
/// <param name="Axis">Of that input.</param>
/// <param name="Extents">What the function is recorded with: the second tells what follows the axis, the third whether that is so.</param>
sealed record SymbolicAxis(string Name, string Input, int Axis, int[] Extents);
