using Ashlar.Bench.Families;

namespace Ashlar.Bench;

/// <summary>Every row of the table, in its order. A new family is a file in Families and a line here.</summary>
static class AllRows
{
    public static IReadOnlyList<(string Family, IRow Row)> List { get; } =
    [
        .. Of("gemm", Gemm.Rows()),
        .. Of("elementwise", Elementwise.Rows()),
        .. Of("reductions", Reductions.Rows()),
        .. Of("norms", Norms.Rows()),
        .. Of("movement", Movement.Rows()),
        .. Of("convolutions", Convolutions.Rows()),
        .. Of("decompositions", Decompositions.Rows()),
        .. Of("fourier", Fourier.Rows()),
        .. Of("attention", Attention.Rows()),
        .. Of("training", TrainingSteps.Rows()),
        .. Of("dispatch", Dispatch.Rows()),
        .. Of("starts", Starts.Rows()),
        .. Of("onnx", OnnxNetworks.Rows()),
        .. Of("scaling", Scaling.Rows()),
        .. Of("crowded", Crowded.Rows()),
    ];

    static IEnumerable<(string Family, IRow Row)> Of(string family, IEnumerable<IRow> rows) => rows.Select(row => (family, row));
}
