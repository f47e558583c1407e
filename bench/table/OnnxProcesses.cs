using System.Diagnostics;
using System.Globalization;

namespace Ashlar.Bench;

/// <summary>New processes that open one model and run it: this program's and ONNX Runtime's in turn.</summary>
/// <param name="model">The file.</param>
/// <param name="inputs">Name, extents and whether it is a whole number, for each input.</param>
sealed class OnnxProcesses(string model, (string Name, Shape Shape, bool IsWhole)[] inputs)
{
    readonly Dictionary<int, List<(Figures Product, Figures Peer, Figures? Built)>> _seen = [];

    /// <summary>What one process said.</summary>
    /// <param name="Process">Seconds from its start to the first result.</param>
    /// <param name="Load">Seconds to open the model.</param>
    /// <param name="First">Seconds to open the model and compute the first result.</param>
    /// <param name="Peak">MiB that the process held at most.</param>
    public readonly record struct Figures(double Process, double Load, double First, double Peak);

    /// <summary>A pair of processes for each round; where the product is the published program, the first round has the built one too. They run once for all rows of a model.</summary>
    public IReadOnlyList<(Figures Product, Figures Peer, Figures? Built)> Of(Options options, int threads)
    {
        if (!_seen.TryGetValue(threads, out List<(Figures Product, Figures Peer, Figures? Built)>? pairs))
        {
            _seen[threads] = pairs = [];
            string[] given = [.. inputs.Select(input => $"{input.Name}={string.Join('x', input.Shape.Extents.ToArray())}{(input.IsWhole ? ":int64" : "")}")];
            string[] work = ["onnx", model, .. given];
            for (int i = 0; i < options.Processes; i++)
            {
                Figures product = Read(Child.OfProduct(threads, work));
                Figures peer = Read(Child.Run(Peer(threads, given)));
                pairs.Add((product, peer, i == 0 && Child.IsPublished ? Read(Child.OfBuilt(threads, work)) : null));
            }
        }

        return pairs;
    }

    static Figures Read((double Seconds, double[] Numbers) child) => new(child.Seconds, child.Numbers[0], child.Numbers[1], child.Numbers[2] / 1024);

    ProcessStartInfo Peer(int threads, string[] given)
    {
        var start = new ProcessStartInfo("node", [Path.Combine("bench", "peers", "onnx_child.js"), threads.ToString(CultureInfo.InvariantCulture), model, .. given]);
        start.Environment["NODE_PATH"] = Path.GetFullPath(Path.Combine("artifacts", "bench-peers", "node_modules"));
        return start;
    }
}
