namespace Ashlar.Tests;

/// <summary>Damages files: the same seed gives the same damage everywhere (SplitMix64, Steele et al. 2014).</summary>
sealed class Mutator(ulong seed)
{
    static readonly byte[] Telling = [0, 1, 0x7F, 0x80, 0xFF, (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)'"', (byte)',', (byte)'-', (byte)'9', (byte)'\\'];

    ulong _state = seed;

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A copy with one to four bytes changed, taken out, doubled or cut off.</summary>
    public byte[] Damage(byte[] file)
    {
        var bytes = new List<byte>(file);
        for (int left = 1 + Below(4); left > 0 && bytes.Count > 0; left--)
        {
            int at = Below(bytes.Count);
            switch (Below(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << Below(8));
                    break;
                case 1:
                    bytes[at] = (byte)Below(256);
                    break;
                case 2 or 3:
                    bytes[at] = Telling[Below(Telling.Length)];
                    break;
                case 4:
                    bytes.RemoveAt(at);
                    break;
                case 5:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + Below(16), bytes.Count - at)));
                    break;
                case 6:
                    bytes.Insert(at, Telling[Below(Telling.Length)]);
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(Below(8) == 0 ? bytes.Count : Below(16), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }

    ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
