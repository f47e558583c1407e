namespace Ashlar.Ir;

/// <summary>Marks the primitive from which on a gradient may be asked, whatever its operand is.</summary>
public interface IGradientSource;
