namespace Ashlar.Runtime;

/// <summary>What other forms of values take in all, so that those made because a value is read often stay few.</summary>
static class FormMemory
{
    const long MostBytes = 256 << 20;

    static readonly Lock Gate = new();
    static readonly List<WeakReference<Storage>> Forms = [];

    /// <summary>Whether one more may be made.</summary>
    /// <param name="bytes">Its size.</param>
    public static bool HasRoom(nint bytes)
    {
        lock (Gate)
        {
            long held = 0;
            Forms.RemoveAll(form => !form.TryGetTarget(out Storage? made) || made.Bytes == 0);
            foreach (WeakReference<Storage> form in Forms)
            {
                held += form.TryGetTarget(out Storage? made) ? made.Bytes : 0;
            }

            return held + bytes <= MostBytes;
        }
    }

    /// <summary>Counts a form until it is disposed or nothing refers to it.</summary>
    public static void Add(Storage form)
    {
        lock (Gate)
        {
            Forms.Add(new WeakReference<Storage>(form));
        }
    }
}
