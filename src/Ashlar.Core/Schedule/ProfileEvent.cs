namespace Ashlar.Schedule;

/// <summary>One launch that a profile saw.</summary>
/// <param name="Name">Kind of launch and its operations.</param>
/// <param name="Space">Extents of the space it runs over.</param>
/// <param name="Plan">Number of the plan's run, counted from 0.</param>
/// <param name="Start">Seconds since the profile began.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Operations">Floating or integer operations, by the estimates of the primitives.</param>
/// <param name="Bytes">Bytes of the operands read and the results stored, each once.</param>
public readonly record struct ProfileEvent(string Name, string Space, int Plan, double Start, double Duration, long Operations, long Bytes);
