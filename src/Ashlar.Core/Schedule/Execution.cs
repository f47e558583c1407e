namespace Ashlar.Schedule;

/// <summary>The execution options in force.</summary>
public static class Execution
{
    static readonly AsyncLocal<ExecutionOptions?> Scoped = new();

    static readonly ExecutionOptions Default = new();

    /// <summary>The options in force here.</summary>
    public static ExecutionOptions Options => Scoped.Value ?? Default;

    /// <summary>Puts options in force for the caller and what it calls, until the result is disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread is asked for.</exception>
    public static IDisposable Use(ExecutionOptions options)
    {
        if (options.Threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"Execution: {options.Threads} threads cannot work. Ask for 1 or more.");
        }

        var scope = new Scope(Scoped.Value);
        Scoped.Value = options;
        return scope;
    }

    sealed class Scope(ExecutionOptions? outer) : IDisposable
    {
        public void Dispose() => Scoped.Value = outer;
    }
}
