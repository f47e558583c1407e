namespace Ashlar.Lab;

/// <summary>What <c>host.json</c> holds: where a run ran. None of it may change a bit of the result but <see cref="Numerics"/>.</summary>
/// <param name="Machine">Its name.</param>
/// <param name="System">Operating system with its version.</param>
/// <param name="Architecture">Of the process, such as <c>x64</c>.</param>
/// <param name="Runtime">.NET with its version.</param>
/// <param name="Ashlar">Version of Ashlar.</param>
/// <param name="Numerics">Version of the numerics (<see cref="global::Ashlar.Numerics.Version"/>): equal versions give equal bits.</param>
/// <param name="Processors">Logical processors that the process may use.</param>
/// <param name="Threads">Threads that compute.</param>
/// <param name="Vector">Widest vectors in bits: <c>512</c>, <c>256</c>, <c>128</c>, or <c>none</c>.</param>
/// <param name="Memory">Bytes that the process may have.</param>
/// <param name="Culture">Of the process; the empty text is the invariant one.</param>
public sealed record HostRecord(string Machine, string System, string Architecture, string Runtime, string Ashlar, int Numerics, int Processors, int Threads, string Vector, long Memory, string Culture)
{
    internal static HostRecord Unknown { get; } = new("", "", "", "", "", 0, 0, 0, "none", 0, "");
}
