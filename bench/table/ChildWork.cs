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
                TrainAnother();
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

    // A process that has been at work: the runtime's own code is compiled, the model's kernels are not.
    static void TrainAnother()
    {
        Func<Tensor[]> step = TrainingSteps.Fresh("mlp");
        for (int i = 0; i < 50; i++)
        {
            step();
        }
    }

    // Kilobytes: what the process holds once the library has given a first result, and the most it held while training after that.
    static void Memory(string model)
    {
        Tensor.Eval(Tensor.Ones(new Shape(8)) + 1);
        long before = Status("VmRSS");
        File.WriteAllText("/proc/self/clear_refs", "5");
        Func<Tensor[]> step = TrainingSteps.Fresh(model);
        for (int i = 0; i < Steps; i++)
        {
            step();
        }

        Console.WriteLine($"{before} {Status("VmHWM")}");
    }

    static long Status(string name) => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
