using System.Diagnostics;
using System.Globalization;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Bench.Core;

/// <summary>From a model's constructor to the loss of its first training step, in a process that has trained others and in a new one.</summary>
static class FirstSteps
{
    public const string ChildArgument = "--first-step";

    const int Processes = 9;

    public static void Measure(Report report)
    {
        report.Head("(d) the first training step of a perceptron");
        var warm = new Samples();
        Func<Module>[] activations =
        [
            () => new ReLU(), () => new Tanh(), () => new Sigmoid(), () => new GELU(), () => new SiLU(), () => new ELU(), () => new Softplus(), () => new Mish(),
            () => new SELU(), () => new Hardswish(), () => new LeakyReLU(), () => new Softsign(),
        ];
        Train(activations[0]());
        long compiled = Diagnostics.KernelsCompiled;
        foreach (Func<Module> activation in activations[1..])
        {
            warm.Time(() => Train(activation()));
        }

        report.Add("warm process, an activation not used before", warm, "ms", 1e3);
        report.Say($"  {(Diagnostics.KernelsCompiled - compiled) / (double)warm.Count:0.0} kernels compiled for one");

        var process = new Samples();
        var main = new Samples();
        for (int i = 0; i < Processes; i++)
        {
            long start = Stopwatch.GetTimestamp();
            main.Add(Child());
            process.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        report.Add("new process, from its start to its end", process, "ms", 1e3);
        report.Add("new process, from Main to the loss", main, "ms", 1e3);
    }

    /// <summary>Takes the step in this process and prints the seconds it took.</summary>
    public static void RunChild()
    {
        var samples = new Samples();
        samples.Time(() => Train(new ReLU()));
        Console.WriteLine(samples.Max.ToString("R", CultureInfo.InvariantCulture));
    }

    static double Child()
    {
        using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ChildArgument]) { RedirectStandardOutput = true })!;
        string seconds = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return double.Parse(seconds, CultureInfo.InvariantCulture);
    }

    static void Train(Module activation)
    {
        var model = new Sequential(new Linear(64, 128), activation, new Linear(128, 10));
        model.Initialize(RandomKey.FromSeed(1));
        var optimizer = new AdamW(model.Parameters);
        Tensor loss = Loss.CrossEntropy(model.Forward(Tensor.Full(new Shape(32, 64), 0.5)), Tensor.Zeros(new Shape(32), DType.Int32));
        optimizer.Step(loss);
        _ = loss.Item<float>();
    }
}
