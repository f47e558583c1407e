using System.Diagnostics;
using System.Globalization;
using Ashlar.Bench.Families;
using Ashlar.Schedule;

namespace Ashlar.Bench;

/// <summary>What a child process of this program does. It prints one line of numbers.</summary>
static class ChildWork
{
    const int Steps = 20;

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

    static long Status(string name) => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
