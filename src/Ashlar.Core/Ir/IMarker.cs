namespace Ashlar.Ir;

/// <summary>Marks a primitive whose value is its first operand itself: it tells transforms something and vanishes from plans, with operands that nothing else reads.</summary>
public interface IMarker;
