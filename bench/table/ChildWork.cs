using System.Diagnostics;
using System.Globalization;
using Ashlar.Bench.Families;
using Ashlar.Onnx;
using Ashlar.Schedule;

namespace Ashlar.Bench;

/// <summary>What a child process of this program does. It prints one line of numbers.</summary>
static class ChildWork
{
    const int Steps = 20;
    const int Runs = 10;

    public static void Run(string[] arguments)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Threads = int.Parse(arguments[0], CultureInfo.InvariantCulture) });
        switch (arguments[1..])
        {
            case ["result"]:
                FirstResult();
                break;
            case ["step", var model]:
                Console.WriteLine(Seconds(() => TrainingSteps.Fresh(model)()));
                break;
            case ["warm-step", var model]:
                Train("mlp", 50);
                Console.WriteLine(Seconds(() => TrainingSteps.Fresh(model)()));
                break;
            case ["memory", var model]:
                Memory(model);
                break;
            case ["onnx", var file, .. var inputs]:
                Onnx(file, inputs);
                break;
        }
    }

    static void FirstResult()
    {
        Tensor x = Tensor.Full(new Shape(256, 256), 0.01);
        Console.WriteLine(x.MatMul(x).Tanh().Sum().Item<float>());
    }

    static string Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("R", CultureInfo.InvariantCulture);
    }

    // A process that has been at work: the runtime's own code is compiled, the kernels of other models are not.
    static void Train(string model, int steps)
    {
        Func<Tensor[]> step = TrainingSteps.Fresh(model);
        for (int i = 0; i < steps; i++)
        {
            step();
        }
    }

    // Kilobytes: what the process holds once the library has trained a model of a few numbers, and the most it holds while training this one.
    static void Memory(string model)
    {
        Train("tiny", 200);
        long before = Status("VmRSS");
        File.WriteAllText("/proc/self/clear_refs", "5");
        Train(model, Steps);
        Console.WriteLine($"{before} {Status("VmHWM")}");
    }

    // As bench/peers/onnx_child.js does it.
    static void Onnx(string file, string[] inputs)
    {
        Tensor[] given = [.. inputs.Select(Filled)];
        Tensor.Eval(given);
        long start = Stopwatch.GetTimestamp();
        OnnxModel model = OnnxModel.Load(file);
        double load = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Tensor.Eval(model.Run(given));
        double first = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine();
        for (int i = 0; i < Runs; i++)
        {
            Tensor.Eval(model.Run(given));
        }

        Console.WriteLine(FormattableString.Invariant($"{load} {first} {Status("VmHWM")}"));
    }

    // NAME=EXTENTS, with :int64 behind it for whole numbers.
    static Tensor Filled(string input)
    {
        string[] parts = input.Split('=')[1].Split(':');
        int[] extents = [.. parts[0].Split('x', StringSplitOptions.RemoveEmptyEntries).Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
        return parts.Length > 1 ? Tensor.Full(new Shape(extents), 16000, DType.Int64) : Tensor.Full(new Shape(extents), 0.5);
    }

    static long Status(string name) => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
