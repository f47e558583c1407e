using System.Runtime.Intrinsics.X86;

namespace Ashlar.Bench;

/// <summary>How a peer's process is started. Which is best differs from row to row, so each row tries them and keeps the fastest.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Variables">Environment.</param>
sealed record PeerSetting(string Name, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The settings worth trying: PyTorch's widest vectors and its own choice, which is narrower; threads that sleep when idle, and with several threads ones that spin.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="quick">Leaves out the narrower vectors where there are wider ones: they rarely win, and never by much.</param>
    public static IEnumerable<PeerSetting> For(int threads, bool quick)
    {
        bool wide = Avx512F.IsSupported;
        if (!wide || !quick)
        {
            yield return Of(threads, "default", spins: false, wide: false);
        }

        if (wide)
        {
            yield return Of(threads, "avx512", spins: false, wide);
        }

        if (threads > 1)
        {
            yield return Of(threads, "spinning", spins: true, wide);
        }
    }

    static PeerSetting Of(int threads, string name, bool spins, bool wide)
    {
        var variables = new Dictionary<string, string>
        {
            ["OMP_NUM_THREADS"] = $"{threads}",
            ["OPENBLAS_NUM_THREADS"] = $"{threads}",
            ["OMP_WAIT_POLICY"] = spins ? "ACTIVE" : "PASSIVE",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        if (wide)
        {
            variables["ATEN_CPU_CAPABILITY"] = "avx512";
        }

        return new(name, variables);
    }
}
