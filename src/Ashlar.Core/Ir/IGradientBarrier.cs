namespace Ashlar.Ir;

/// <summary>Marks the primitive through which no gradient passes.</summary>
public interface IGradientBarrier;
