namespace Ashlar.Ir;

/// <summary>Collects the words of a canonical key.</summary>
/// <param name="capacity">Words for which there is room at first, ≥ 1.</param>
public sealed class KeyWriter(int capacity = 256)
{
    int[] _words = new int[capacity];

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
        if (Count + words.Length > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(2 * _words.Length, Count + words.Length));
        }

        words.CopyTo(_words.AsSpan(Count));
        Count += words.Length;
    }

    /// <summary>Forgets everything, keeping the room.</summary>
    public void Clear() => Count = 0;
}
