namespace Ashlar.Calls;

/// <summary>What a kernel of the user's own computes: reads the inputs, writes every element of its items of the result.</summary>
/// <remarks>It may run on any thread and several times at once, for different items. The same inputs must give the same bits, whatever the thread and the cut into items:
/// the promise of equal bits is here the author's.</remarks>
public delegate void KernelBody(KernelArguments arguments);
