using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar;

/// <summary>Which bits numbers have, and how they are watched.</summary>
public static class Numerics
{
    /// <summary>The version of the definitions of all primitives: the same program, data and seed give the same bits wherever this number is the same. Files that are to be continued or compared bit by bit hold it.</summary>
    public const int Version = 1;

    /// <summary>Finds the operation that makes the first NaN, until the result is disposed: every operation is computed for itself and its result searched.</summary>
    /// <param name="infinities">Whether infinities are errors too. Masks often hold -∞ on purpose.</param>
    /// <remarks>For debugging: many times slower, and everything recorded meanwhile notes its line (optimized code may name the line before). What was recorded before has no line to name.
    /// An evaluation that meets a NaN throws <see cref="NumericsException"/> with the operation, the element, its operands there, and the line that recorded it;
    /// for a step of an optimizer also in the gradients, before any variable is changed.</remarks>
    public static IDisposable Check(bool infinities = false)
    {
        ExecutionOptions options = Execution.Options with { Checks = infinities ? NumericsChecks.NaNAndInfinity : NumericsChecks.NaN };
        return new Scope(Origin.Track(), Execution.Use(options));
    }

    sealed class Scope(IDisposable lines, IDisposable options) : IDisposable
    {
        public void Dispose()
        {
            options.Dispose();
            lines.Dispose();
        }
    }
}
