using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ashlar.Lab;

/// <summary>One line of <c>chain.jsonl</c>: the state of a training behind a step, as hashes. Two trainings are equal as far as their links of the same steps have equal states.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Weights">Of the model's whole state (<see cref="WeightsHash"/>).</param>
/// <param name="Optimizer">Of the optimizer's state.</param>
/// <param name="Loader">Of the loader's position.</param>
/// <param name="Counters">Of all else: keys of modules, sums of the epoch, schedules, means of weights, metrics, callbacks.</param>
/// <param name="Previous">The hash of the link before, empty for the first.</param>
/// <param name="Hash">See <see cref="HashOf"/>.</param>
public sealed record ChainLink(long Step, string Weights, string Optimizer, string Loader, string Counters, string Previous, string Hash)
{
    /// <summary>A link behind another.</summary>
    public static ChainLink After(ChainLink? previous, long step, string weights, string optimizer, string loader, string counters)
    {
        string before = previous?.Hash ?? "";
        return new ChainLink(step, weights, optimizer, loader, counters, before, HashOf(step, weights, optimizer, loader, counters, before));
    }

    /// <summary>SHA-256 of step, weights, optimizer, loader, counters and previous hash, each followed by a line feed, in UTF-8.</summary>
    public static string HashOf(long step, string weights, string optimizer, string loader, string counters, string previous) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{step.ToString(CultureInfo.InvariantCulture)}\n{weights}\n{optimizer}\n{loader}\n{counters}\n{previous}\n")));

    /// <summary>Whether the link says what its hash says.</summary>
    public bool IsSound() => Hash == HashOf(Step, Weights, Optimizer, Loader, Counters, Previous);

    /// <summary>Whether both trainings were in one state, whatever links came before.</summary>
    public bool HasStateOf(ChainLink other) =>
        (Step, Weights, Optimizer, Loader, Counters) == (other.Step, other.Weights, other.Optimizer, other.Loader, other.Counters);
}
