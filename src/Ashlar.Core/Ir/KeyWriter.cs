namespace Ashlar.Ir;

/// <summary>Collects the words of a canonical key.</summary>
public sealed class KeyWriter
{
    int[] _words = new int[256];

    /// <summary>Number of words written.</summary>
    public int Count { get; private set; }

    /// <summary>The words so far.</summary>
    public ReadOnlySpan<int> Words => _words.AsSpan(0, Count);

    /// <summary>Appends one word.</summary>
    public void Write(int word)
    {
        if (Count == _words.Length)
        {
            Array.Resize(ref _words, 2 * Count);
        }

        _words[Count++] = word;
    }

    /// <summary>Appends two words.</summary>
    public void Write(long word)
    {
        Write((int)word);
        Write((int)(word >> 32));
    }

    /// <summary>Appends a length and the words.</summary>
    public void Write(ReadOnlySpan<int> words)
    {
        Write(words.Length);
        foreach (int word in words)
        {
            Write(word);
        }
    }

    /// <summary>Forgets everything, keeping the room.</summary>
    public void Clear() => Count = 0;
}
