using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>Memory for the scalar parameters of a run, taken again and again from one small stack.</summary>
static class ScalarSlots
{
    static readonly Stack<Storage> Free = new();

    public static unsafe Storage Rent(long bits)
    {
        if (!Free.TryPop(out Storage? storage))
        {
            storage = Storage.Allocate(sizeof(long));
        }

        *(long*)storage.Pointer = bits;
        return storage;
    }

    public static void Return(Storage storage) => Free.Push(storage);
}
