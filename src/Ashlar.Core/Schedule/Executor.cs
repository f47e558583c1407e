namespace Ashlar.Schedule;

/// <summary>Who carries out a plan. All give the same bits.</summary>
public enum Executor : byte
{
    /// <summary>Kernels translated to machine code.</summary>
    Compiled = 0,

    /// <summary>The same kernels interpreted step by step over tiles: no code is generated.</summary>
    Interpreter = 1,

    /// <summary>Every node by its scalar definition, one element at a time: the oracle of the other two.</summary>
    Reference = 2,
}
