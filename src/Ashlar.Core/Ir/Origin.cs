using System.Diagnostics;
using System.Globalization;

namespace Ashlar.Ir;

/// <summary>The user's line at which nodes are recorded, kept only while someone asks for it: walking the stack costs far more than recording.</summary>
public static class Origin
{
    static int _trackers;

    [ThreadStatic]
    static string? _inherited;

    /// <summary>Whether nodes note where they are recorded.</summary>
    internal static bool IsTracked => Volatile.Read(ref _trackers) > 0;

    /// <summary>Lets the nodes of all threads note where they are recorded, until the result is disposed.</summary>
    public static IDisposable Track()
    {
        Interlocked.Increment(ref _trackers);
        return new Tracker();
    }

    /// <summary>What is recorded on this thread until the result is disposed belongs to a node: its gradient, for one.</summary>
    internal static Inheritance Of(Node node)
    {
        var scope = new Inheritance(_inherited);
        _inherited = node.Origin is { } origin ? $"the gradient of {node.Primitive.Name} at {origin}" : _inherited;
        return scope;
    }

    /// <summary>What is recorded on this thread until the result is disposed takes the place of a node.</summary>
    internal static Inheritance Same(Node node)
    {
        var scope = new Inheritance(_inherited);
        _inherited = node.Origin ?? _inherited;
        return scope;
    }

    /// <summary>The line in force: the first on the stack outside Ashlar and the runtime.</summary>
    internal static string Current()
    {
        if (_inherited is not null)
        {
            return _inherited;
        }

        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { } method && !IsOurs(method.DeclaringAssemblyName))
            {
                string? file = Path.GetFileName(frame.GetFileName());
                string name = $"{method.DeclaringTypeName}.{method.Name}";
                return file is null ? name : string.Create(CultureInfo.InvariantCulture, $"{file}:{frame.GetFileLineNumber()} ({name})");
            }
        }

        return "an unknown line";
    }

    static bool IsOurs(string assembly)
    {
        string name = assembly.Split(',')[0];
        return name is "Ashlar" or "Ashlar.Core" or "Ashlar.Data" or "Ashlar.Learn" || name.StartsWith("System.", StringComparison.Ordinal);
    }

    /// <summary>Ends what <see cref="Of"/> began.</summary>
    internal readonly ref struct Inheritance(string? outer)
    {
        public void Dispose() => _inherited = outer;
    }

    sealed class Tracker : IDisposable
    {
        int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                Interlocked.Decrement(ref _trackers);
            }
        }
    }
}
