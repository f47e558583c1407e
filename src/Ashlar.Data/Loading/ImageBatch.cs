namespace Ashlar.Data.Loading;

/// <summary>Images with their labels, as a training step takes them.</summary>
/// <param name="X">[B, C, H, W], float32, 0 to 1.</param>
/// <param name="Y">[B], int32.</param>
public readonly record struct ImageBatch(Tensor X, Tensor Y);
