namespace Ashlar.Bench;

/// <summary>How a peer's process is started. Which is best differs from row to row, so each row tries them and keeps the fastest.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Variables">Environment.</param>
sealed record PeerSetting(string Name, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The settings worth trying: PyTorch's own vector width and its widest; threads that sleep when idle, and with several threads ones that spin.</summary>
    public static IEnumerable<PeerSetting> For(int threads)
    {
        yield return Of(threads, "default", spins: false, wide: false);
        if (System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
        {
            yield return Of(threads, "avx512", spins: false, wide: true);
        }

        if (threads > 1)
        {
            yield return Of(threads, "spinning", spins: true, System.Runtime.Intrinsics.X86.Avx512F.IsSupported);
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
