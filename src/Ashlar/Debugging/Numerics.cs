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

    /// <summary>Allows quicker algorithms with other roundings for what is evaluated until the result is disposed. Without it every bit is that of the numerics law.</summary>
    /// <remarks>
    /// <para>Today it concerns convolutions of float32 with windows of 3 × 3 one apart, at least 32 channels on either side and at least 12 tiles of 4 × 4 results, and their gradients with respect
    /// to the input: they take a quarter of the multiplications (Winograd's F(4 × 4, 3 × 3)), with errors up to 2 · 10⁻⁵ of the largest result where the exact ones have about 10⁻⁶.</para>
    /// <para>Results still do not depend on the number of threads, on fusion or on the processor. An infinity or NaN spreads over the tile that holds it.
    /// What counts is where a value is evaluated, not where it was recorded. <see cref="Diagnostics.FastLaunches"/> counts the launches that made use of it. The reference executor stays exact.</para>
    /// </remarks>
    public static IDisposable Fast() => Execution.Use(Execution.Options with { Fast = true });

    sealed class Scope(IDisposable lines, IDisposable options) : IDisposable
    {
        public void Dispose()
        {
            options.Dispose();
            lines.Dispose();
        }
    }
}
