using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>A variable's next value, computed inside the plan that carries out the assignment.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">The value, of the variable's shape and dtype.</param>
public readonly record struct Assignment(Variable Variable, Node Value);
