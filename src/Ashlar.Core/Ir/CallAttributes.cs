namespace Ashlar.Ir;

/// <summary>Which functions a call runs, and which of its results a node is.</summary>
/// <param name="result">The number of the result.</param>
public abstract class CallAttributes(int result) : Attributes
{
    int[]? _words;

    /// <summary>The number of the result.</summary>
    public int Result => result;

    /// <inheritdoc/>
    public sealed override void WriteKey(KeyWriter key)
    {
        key.Write(result);
        key.Write(Words());
    }

    /// <summary>Whether the other node is a result of an equal call.</summary>
    public bool IsSameCall(CallAttributes other) => Words().AsSpan().SequenceEqual(other.Words());

    /// <summary>Writes what decides the results of the call.</summary>
    protected abstract void WriteCall(KeyWriter key);

    int[] Words()
    {
        if (_words is null)
        {
            var key = new KeyWriter();
            WriteCall(key);
            _words = key.Words.ToArray();
        }

        return _words;
    }
}
