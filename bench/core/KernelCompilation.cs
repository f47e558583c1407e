using Ashlar.Cpu.Map;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Bench.Core;

/// <summary>From a scalar program to the first vector computed: lowering, IL, and the JIT, which waits for the first call. Graphs are planned once to find their kernels; then each kernel is compiled again and again.</summary>
static unsafe class KernelCompilation
{
    const int WarmUpMilliseconds = 3000;
    const int Times = 15;

    public static void Measure(Report report)
    {
        WarmUp();
        report.Head("(a) compiling one kernel");
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            var all = new List<(string Name, Samples Samples)>();
            foreach ((string name, Func<Tensor, Tensor> function) in Functions())
            {
                MapKernel kernel = KernelsOf([function(Input(type))]).Single();
                Samples samples = Compile([kernel]);
                all.Add((name, samples));
                report.Add($"{name} {type.Name}, {kernel.Program.Instructions.Length} steps", samples, "ms", 1e3, isPrinted: false);
            }

            var medians = new Samples();
            all.ForEach(one => medians.Add(one.Samples.Median));
            report.Add($"{all.Count} elementary functions, {type.Name} (medians of each)", medians, "ms", 1e3);
            foreach ((string name, Samples samples) in all.OrderByDescending(one => one.Samples.Median).Take(3))
            {
                report.Add($"  dearest: {name}", samples, "ms", 1e3);
            }
        }

        foreach ((string name, Tensor[] results) in Graphs())
        {
            MapKernel[] kernels = KernelsOf(results);
            report.Add($"{name}: {kernels.Length} kernels, {kernels.Sum(kernel => kernel.Program.Instructions.Length)} steps", Compile(kernels), "ms", 1e3);
        }
    }

    // So long that the emitter itself runs at its last speed.
    static void WarmUp()
    {
        MapKernel[] kernels = [.. Functions().Take(12).SelectMany(row => KernelsOf([row.Function(Input(DType.Float64))]))];
        for (long start = Environment.TickCount64; Environment.TickCount64 - start < WarmUpMilliseconds;)
        {
            Compile(kernels);
        }
    }

    // A sample is one kernel.
    static Samples Compile(MapKernel[] kernels)
    {
        var samples = new Samples();
        for (int i = 0; i < Times; i++)
        {
            foreach (MapKernel kernel in kernels)
            {
                samples.Time(() => RunOnce(CompiledMapKernel.Compile(kernel.Program, kernel.Broadcast)));
            }
        }

        return samples;
    }

    static void RunOnce(MapKernel kernel)
    {
        const int Elements = 8;
        int count = kernel.Program.Inputs.Length + kernel.Program.Outputs.Length;
        long* memory = stackalloc long[Elements * count];
        byte** operands = stackalloc byte*[count];
        for (int i = 0; i < count; i++)
        {
            operands[i] = (byte*)(memory + (Elements * i));
        }

        kernel.Run(operands, Elements);
    }

    static MapKernel[] KernelsOf(Tensor[] results)
    {
        var cache = new MapKernelCache(interpret: false);
        ExecutionOptions options = Execution.Options;
        _ = new KernelPlan(RecordedGraph.Read([.. results.Select(result => result.Node)], [], options).Skeleton(), options, cache);
        return [.. cache.Kernels];
    }

    static IEnumerable<(string Name, Func<Tensor, Tensor> Function)> Functions() =>
    [
        ("sqrt", x => x.Sqrt()), ("rsqrt", x => x.Rsqrt()), ("cbrt", x => x.Cbrt()), ("exp", x => x.Exp()), ("exp2", x => x.Exp2()), ("expm1", x => x.Expm1()),
        ("log", x => x.Log()), ("log2", x => x.Log2()), ("log10", x => x.Log10()), ("log1p", x => x.Log1p()), ("pow", x => x.Pow(x)), ("hypot", x => Tensor.Hypot(x, x)),
        ("sin", x => x.Sin()), ("cos", x => x.Cos()), ("tan", x => x.Tan()), ("asin", x => x.Asin()), ("acos", x => x.Acos()), ("atan", x => x.Atan()), ("atan2", x => Tensor.Atan2(x, x)),
        ("sinh", x => x.Sinh()), ("cosh", x => x.Cosh()), ("tanh", x => x.Tanh()), ("asinh", x => x.Asinh()), ("acosh", x => x.Acosh()), ("atanh", x => x.Atanh()), ("sigmoid", x => x.Sigmoid()),
        ("erf", x => x.Erf()), ("erfc", x => x.Erfc()), ("erfinv", x => x.ErfInverse()), ("lgamma", x => x.Lgamma()), ("digamma", x => x.Digamma()),
        ("i0e", x => x.BesselI0e()), ("i1e", x => x.BesselI1e()), ("log_ndtr", x => x.LogNdtr()), ("ndtri", x => x.Ndtri()),
    ];

    static IEnumerable<(string Name, Tensor[] Results)> Graphs()
    {
        Tensor x = Input(DType.Float32);
        Tensor y = Input(DType.Float32);
        yield return ("chain of 3 maps", [((x * y) + 0.5).Relu()]);
        yield return ("chain of 12 maps", [(((((((x * y) + 0.5).Relu() - y) * 0.25) + x) * x).Abs() + 1).Sqrt() / (y.Abs() + 2)]);
        yield return ("chain of 12 float16 maps", [Chain(x.To(DType.Float16), y.To(DType.Float16))]);
        yield return ("chain of 12 int32 maps", [Chain(Input(DType.Int32), Input(DType.Int32))]);
        yield return ("softmax", [Functional.Softmax(x)]);
        yield return ("layer norm", [Functional.LayerNorm(x, new Shape(128), Row(), Row())]);
        Tensor target = Tensor.Zeros(new Shape(64), DType.Int32);
        (Tensor loss, Tensor gradient) = Transform.ValueAndGradient(logits => Loss.CrossEntropy(logits, target))(x);
        yield return ("cross-entropy, forward and backward", [loss, gradient]);
        yield return ("AdamW update", AdamW(x, y, Input(DType.Float32), Input(DType.Float32)));
    }

    static Tensor Chain(Tensor x, Tensor y)
    {
        for (int i = 0; i < 4; i++)
        {
            x = Tensor.Maximum(x * y, x) + 3;
        }

        return x;
    }

    // The rule of Ashlar.Optim.AdamW on tensors.
    static Tensor[] AdamW(Tensor w, Tensor g, Tensor m, Tensor v)
    {
        m = (m * 0.9) + (g * 0.1);
        v = (v * 0.999) + (g * g * 0.001);
        return [(w * 0.99999) - (m / ((v.Sqrt() / 0.9) + 1e-8) * 0.001), m, v];
    }

    static Tensor Row() => Filled(new Shape(128), DType.Float32);

    static Tensor Input(DType type) => Filled(new Shape(64, 128), type);

    // Values, so that the graph begins here.
    static Tensor Filled(Shape shape, DType type)
    {
        Tensor x = Tensor.Full(shape, 0.5, type);
        Tensor.Eval(x);
        return x;
    }
}
