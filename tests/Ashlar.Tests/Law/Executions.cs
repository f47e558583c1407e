using Ashlar.Schedule;

namespace Ashlar.Tests.Law;

/// <summary>The ways to run a plan, which must not show in a result.</summary>
static class Executions
{
    public static ExecutionOptions Oracle { get; } = new() { Executor = Executor.Reference };

    public static ExecutionOptions Usual { get; } = new() { Threads = 2 };

    public static IReadOnlyList<(string Name, ExecutionOptions Options)> All { get; } =
    [
        ("compiled, 1 thread", new() { Threads = 1 }),
        ("compiled, 2 threads", Usual),
        ("compiled, 3 threads", new() { Threads = 3 }),
        ("compiled, 7 threads", new() { Threads = 7 }),
        ("compiled, unfused", new() { Threads = 2, Fusion = false }),
        ("interpreted", new() { Threads = 2, Executor = Executor.Interpreter }),
        ("interpreted, unfused", new() { Threads = 3, Executor = Executor.Interpreter, Fusion = false }),
    ];

    /// <summary>Fails where a run does not give the oracle's bits.</summary>
    /// <param name="bits">Runs something and gives its bits.</param>
    /// <param name="what">What is run, for the message.</param>
    public static void Agree(Func<ExecutionOptions, string> bits, string what)
    {
        string expected = bits(Oracle);
        foreach ((string name, ExecutionOptions options) in All)
        {
            string found = bits(options);
            Assert.True(expected == found, $"{what}: {name} gives {found}, the reference {expected}.");
        }
    }
}
