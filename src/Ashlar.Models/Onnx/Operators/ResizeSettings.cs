namespace Ashlar.Onnx.Operators;

/// <summary>How a resize finds coordinates and weights; names and meanings are the operator's.</summary>
/// <param name="Mode">nearest, linear or cubic.</param>
/// <param name="Coordinates">The coordinate transformation.</param>
/// <param name="Nearest">Which neighbour is nearest; simple takes the lower one, and in a reduction the upper one.</param>
/// <param name="CubicA">The coefficient of the cubic kernel.</param>
/// <param name="ExcludeOutside">Whether elements beyond the border take no part.</param>
/// <param name="Antialias">Whether a reduction stretches the kernel.</param>
sealed record ResizeSettings(string Mode, string Coordinates, string Nearest, double CubicA, bool ExcludeOutside, bool Antialias);
