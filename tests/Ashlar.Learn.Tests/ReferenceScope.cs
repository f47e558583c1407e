using Ashlar.Schedule;

namespace Ashlar.Learn.Tests;

/// <summary>Tests of a class that derives from it run on the reference executor.</summary>
public abstract class ReferenceScope : IDisposable
{
    readonly IDisposable _scope = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });

    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
