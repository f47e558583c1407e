using System.Reflection;

namespace Ashlar.Cpu.Map;

/// <summary>One <see cref="LaneOp"/> for its types, in the two forms that execution needs: a method on vectors for the emitter, a loop over registers for the tile interpreter.</summary>
abstract unsafe class LaneOperation
{
    /// <summary>The method that takes vectors of <paramref name="lanes"/> lanes, and after them the count for shifts.</summary>
    public abstract MethodInfo Method(int lanes);

    /// <summary>Applies the operation to <paramref name="count"/> lanes, a multiple of 8. The result may be an operand of the same lane size.</summary>
    public abstract void Run(byte* a, byte* b, byte* c, byte* result, int count, int shift);
}
