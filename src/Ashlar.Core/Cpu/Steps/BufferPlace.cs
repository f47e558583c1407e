namespace Ashlar.Cpu.Steps;

/// <summary>A place inside a buffer of the plan.</summary>
/// <param name="Buffer">Number of the buffer.</param>
/// <param name="Bytes">Bytes from its first.</param>
readonly unsafe record struct BufferPlace(int Buffer, nint Bytes)
{
    public byte* In(byte** buffers) => buffers[Buffer] + Bytes;
}
