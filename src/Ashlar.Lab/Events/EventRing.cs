namespace Ashlar.Lab.Events;

/// <summary>A bounded queue of many writers and one reader, without locks (Vyukov 2010: every slot carries the number of the turn that may use it).</summary>
/// <remarks>A writer takes a ticket by one interlocked addition and waits only when the ring is full, that is, when the reader is a whole turn behind.</remarks>
sealed class EventRing
{
    /// <summary>Entries that fit; a power of two.</summary>
    public const int Capacity = 1 << 15;

    readonly Slot[] _slots = new Slot[Capacity];
    readonly object _gate = new();
    bool _isCalled;
    Ends _ends;

    /// <summary>An empty ring.</summary>
    public EventRing()
    {
        for (int i = 0; i < Capacity; i++)
        {
            _slots[i].Turn = i;
        }
    }

    /// <summary>Number of entries that were begun to be written.</summary>
    public long Written => Volatile.Read(ref _ends.Tail);

    /// <summary>Number of entries that were read.</summary>
    public long Read => Volatile.Read(ref _ends.Head);

    /// <summary>Adds an entry; waits while the ring is full.</summary>
    public void Add(in Entry entry)
    {
        long ticket = Interlocked.Increment(ref _ends.Tail) - 1;
        ref Slot slot = ref _slots[ticket & (Capacity - 1)];
        if (Volatile.Read(ref slot.Turn) != ticket)
        {
            WaitFor(ref slot, ticket);
        }

        slot.Entry = entry;
        Volatile.Write(ref slot.Turn, ticket + 1);

        // The reader comes by itself several times a second; it is called only when the ring is half full, so that a point costs no call of the system.
        if ((ticket & ((Capacity / 2) - 1)) == 0 && ticket - Read > Capacity / 4)
        {
            Wake();
        }
    }

    /// <summary>Takes the next entry; false when there is none. For the one reader.</summary>
    public bool TryTake(out Entry entry)
    {
        ref Slot slot = ref _slots[_ends.Head & (Capacity - 1)];
        if (Volatile.Read(ref slot.Turn) != _ends.Head + 1)
        {
            entry = default;
            return false;
        }

        entry = slot.Entry;
        slot.Entry = default; // lets the payload go
        Volatile.Write(ref slot.Turn, _ends.Head + Capacity);
        Volatile.Write(ref _ends.Head, _ends.Head + 1);
        return true;
    }

    /// <summary>Calls the reader.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isCalled = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until the reader is called or the time is over. For the one reader.</summary>
    public void WaitForWake(TimeSpan most)
    {
        lock (_gate)
        {
            if (!_isCalled)
            {
                Monitor.Wait(_gate, most);
            }

            _isCalled = false;
        }
    }

    void WaitFor(ref Slot slot, long ticket)
    {
        Wake();
        var spin = new SpinWait();
        while (Volatile.Read(ref slot.Turn) != ticket)
        {
            spin.SpinOnce();
        }
    }

    /// <summary>What is queued: a scalar (payload: its tag) or a whole record (payload: its bytes).</summary>
    public struct Entry
    {
        /// <summary>The tag as a string, or the record as bytes.</summary>
        public object Payload;

        /// <summary>The scalar's value.</summary>
        public double Value;

        /// <summary>The scalar's step.</summary>
        public long Step;

        /// <summary>The scalar's time in ticks of UTC.</summary>
        public long Ticks;
    }

    struct Slot
    {
        public long Turn;
        public Entry Entry;
    }

    // Writers and the reader must not share a cache line.
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 256)]
    struct Ends
    {
        [System.Runtime.InteropServices.FieldOffset(64)]
        public long Tail;

        [System.Runtime.InteropServices.FieldOffset(192)]
        public long Head;
    }
}
