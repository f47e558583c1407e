namespace Ashlar;

/// <summary>Where one tensor lies in a safetensors file.</summary>
/// <param name="Name">The name, unique in the file.</param>
/// <param name="DType">The dtype of the elements.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Offset">Bytes from the start of the file to the first element.</param>
/// <param name="Length">Bytes of all elements: the dtype's size times the shape's.</param>
public sealed record SafetensorsEntry(string Name, DType DType, Shape Shape, long Offset, long Length);
