using System.Diagnostics;
using System.Globalization;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx.Fuzz;

/// <summary>Models changed in their structure are read, or refused in one kind of error, with memory and time bounded.</summary>
public sealed class OnnxFuzzTests(ITestOutputHelper output)
{
    // Some seconds by default. ASHLAR_ONNX_FUZZ=1800:0 reads for 1800 seconds from seed 0 on; ASHLAR_ONNX_FUZZ_MODELS names a folder of further models to start from.
    static readonly string Asked = Environment.GetEnvironmentVariable("ASHLAR_ONNX_FUZZ") ?? "";

    // Half a million nodes, or constants of 1 GiB, are what the smallest file may ask for at most.
    const long MostBytes = 4L << 30;

    // A GiB takes long where the machine has other work.
    const int MostSeconds = 300;

    [Fact]
    public void Changed_models_are_read_or_refused_within_bounds()
    {
        string[] parts = Asked.Split(':', StringSplitOptions.RemoveEmptyEntries);
        double seconds = parts.Length > 0 ? double.Parse(parts[0], CultureInfo.InvariantCulture) : 3;
        long seed = parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        long first = seed;
        string folder = Directory.CreateTempSubdirectory("ashlar-fuzz").FullName;
        string file = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(Path.Combine(folder, "weights.bin"), new byte[12]);
        byte[][] own = [.. FuzzModels.All];
        byte[][] given = Environment.GetEnvironmentVariable("ASHLAR_ONNX_FUZZ_MODELS") is { } more ? [.. Directory.GetFiles(more, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(path => new FileInfo(path).Length < 100_000).Select(File.ReadAllBytes)] : [];
        var clock = Stopwatch.StartNew();
        (int read, int refused, long mostBytes, double mostSeconds) = (0, 0, 0L, 0.0);
        try
        {
            // A given number of seeds by default, so that the test does the same on every machine.
            for (; parts.Length > 0 ? clock.Elapsed.TotalSeconds < seconds : seed < 1500; seed++)
            {
                byte[] model = given.Length > 0 && seed % 2 == 1 ? given[seed / 2 % given.Length] : own[seed / 2 % own.Length];
                byte[] changed = WireMutation.Apply(model, seed);
                File.WriteAllBytes(file, changed);
                long before = GC.GetTotalAllocatedBytes();
                TimeSpan start = clock.Elapsed;
                (Exception? fault, bool ended) = Load(file);
                Assert.True(ended, $"seed {seed} is still being read after {MostSeconds} s");
                if (fault is not null and not OnnxException)
                {
                    Assert.Fail($"seed {seed}: {fault}");
                }

                (read, refused) = fault is null ? (read + 1, refused) : (read, refused + 1);
                mostBytes = Math.Max(mostBytes, GC.GetTotalAllocatedBytes() - before);
                mostSeconds = Math.Max(mostSeconds, (clock.Elapsed - start).TotalSeconds);
                Assert.True(mostBytes <= MostBytes, $"seed {seed} took {mostBytes} bytes");
            }
        }
        finally
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeds {first} to {seed} of {own.Length + given.Length} models: {read} read, {refused} refused; at most {mostBytes >> 20} MiB and {mostSeconds:F1} s, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at the peak"));
        }

        Directory.Delete(folder, recursive: true);
        Assert.True(read > (read + refused) / 20, "hardly any changed model could be read, so hardly anything was tried");
        Assert.True(refused > (read + refused) / 20, "hardly any changed model was refused");
    }

    // With inputs of a few elements. What a loop does is the model's own affair.
    static void Run(OnnxModel model)
    {
        if (model.Operators.Any(entry => entry.Operator == "Loop") || model.Inputs.Any(port => port.Kind != "tensor" || port.Type is OnnxDType.String || !Enum.IsDefined(port.Type)))
        {
            return;
        }

        var inputs = new Dictionary<string, OnnxValue>();
        foreach (OnnxPort port in model.Inputs.Where(port => !port.IsOptional))
        {
            OnnxDType type = port.Type == OnnxDType.Undefined ? OnnxDType.Float32 : port.Type;
            int[] shape = [.. (port.Axes ?? ["2", "3"]).Select(axis => long.TryParse(axis, CultureInfo.InvariantCulture, out long extent) ? (int)Math.Clamp(extent, 0, 64) : 2)];
            if (shape.Aggregate(1.0, (size, extent) => size * extent) > 1 << 16)
            {
                return;
            }

            inputs[port.Name] = new OnnxTensor((Tensor.Arange(new Shape(shape).Size).Reshape(shape).To(DType.Float32) / 7.0).To(type.Carrier), type);
        }

        try
        {
            model.Run(inputs);
        }
        catch (Exception e) when (e is ArgumentException or ShapeException or DTypeException)
        {
        }
    }

    static (Exception? Fault, bool Ended) Load(string file)
    {
        Exception? fault = null;
        var thread = new Thread(() => fault = Record.Exception(() =>
        {
            OnnxModel model = OnnxModel.Load(file);
            if (Environment.GetEnvironmentVariable("ASHLAR_ONNX_FUZZ_RUN") == "1")
            {
                Run(model);
            }

            _ = $"{string.Join(";", model.Inputs)}{string.Join(";", model.Outputs)}{model.Operators.Count}{model.Metadata.Count}{model.ParameterCount}";
        }));
        thread.Start();
        return thread.Join(TimeSpan.FromSeconds(MostSeconds)) ? (fault, true) : (null, false);
    }
}
