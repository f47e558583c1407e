namespace Ashlar;

/// <summary>Loops and branches inside a plan. Ordinary C# <c>for</c> and <c>if</c> are the main way and need none of this.</summary>
/// <remarks>A loop in C# records its steps one after the other: the plan grows with them, and each number of steps has its own. A loop of this class records its body once,
/// runs as one launch whatever the number of steps, and stays inside gradients, batches and optimizer steps. A branch in C# reads its predicate; one of this class needs not.</remarks>
public static partial class Control
{
}
