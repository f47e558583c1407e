namespace Ashlar.Runtime;

/// <summary>The memory of one evaluated value: contiguous, row-major. The pool takes it back when nothing refers to the value any more.</summary>
public sealed unsafe class Storage : IDisposable
{
    const int ReadsForForm = 16;

    MemoryBlock _block;
    readonly Loan? _loan;
    Dictionary<object, Storage>? _forms;
    int _reads;

    Storage()
    {
    }

    Storage(MemoryBlock block, Loan loan)
    {
        _block = block;
        _loan = loan;
    }

    /// <summary>First byte, aligned to 64 if the memory is of the pool.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back by <see cref="Dispose"/>.</exception>
    public byte* Pointer => _block.Pointer is not null ? _block.Pointer
        : throw new ObjectDisposedException(nameof(Storage), "Storage: the memory of this value was given back by Dispose. Do not use a tensor after disposing it.");

    /// <summary>Usable bytes, at least what was asked for.</summary>
    public nint Bytes => _block.Bytes;

    /// <summary>The pool's record of the block; null for memory of someone else.</summary>
    internal PooledBlock? Home { get; set; }

    /// <summary>Memory for <paramref name="bytes"/> bytes; its contents are undefined.</summary>
    public static Storage Allocate(nint bytes)
    {
        var storage = new Storage();
        storage._block = StoragePool.Rent(Math.Max(bytes, 1), storage);
        return storage;
    }

    /// <summary>Until the result is disposed on the same thread, memory that this thread takes anew from the system comes in small pages: for what is written once and read in order for long, as the weights of a model.</summary>
    /// <remarks>Such memory gains next to nothing by huge pages, and a new process waits less for small ones: a huge page is cleared as a whole, and where the machine is a virtual one whose host takes back what is free,
    /// whole huge pages are what it took, while small ones come from what other processes left a moment ago.</remarks>
    public static IDisposable InSmallPages() => HugePages.Avoid();

    /// <summary>Memory of someone else, used where it lies and never written to.</summary>
    /// <param name="pointer">First byte.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="release">Called once when nothing refers to the value any more, possibly by the finalizer's thread.</param>
    public static Storage External(byte* pointer, nint bytes, Action release) => new(new MemoryBlock(pointer, bytes), new Loan(release));

    /// <summary>The same value in another form, made once and kept as long as the value; for values that do not change.</summary>
    /// <param name="form">What tells forms apart.</param>
    /// <param name="make">Makes it.</param>
    internal Storage InForm(object form, Func<Storage, Storage> make)
    {
        lock (this)
        {
            _forms ??= [];
            if (!_forms.TryGetValue(form, out Storage? made))
            {
                _forms[form] = made = make(this);
                FormMemory.Add(made);
            }

            return made;
        }
    }

    /// <summary>Whether the value was made in another form.</summary>
    internal bool HasForms => _forms is not null;

    /// <summary>The value in another form, if it was made.</summary>
    internal Storage? Form(object form)
    {
        lock (this)
        {
            return _forms?.GetValueOrDefault(form);
        }
    }

    /// <summary>Whether the same value is read so often that another form of it, which it has not, pays now: counts a read.</summary>
    /// <param name="bytes">What the form would take.</param>
    /// <remarks>Making one costs about as much as <see cref="ReadsForForm"/> reads gain by it, so that whatever follows, no more than twice the least is spent. Memory of someone else may change: it has no such form.</remarks>
    internal bool IsReadOften(nint bytes)
    {
        lock (this)
        {
            return _loan is null && ++_reads % ReadsForForm == 0 && FormMemory.HasRoom(bytes);
        }
    }

    /// <summary>Lets go of other forms, because the value changes.</summary>
    internal void Change()
    {
        lock (this)
        {
            _reads = 0;
            DisposeForms();
        }
    }

    /// <summary>Gives the memory back now instead of when the collector finds it.</summary>
    public void Dispose()
    {
        bool held = _block.Pointer is not null;
        _block = default;
        DisposeForms();
        if (held && _loan is not null)
        {
            _loan.Dispose();
        }
        else if (held)
        {
            StoragePool.Return(Home!);
        }
    }

    void DisposeForms()
    {
        foreach (Storage form in _forms?.Values.AsEnumerable() ?? [])
        {
            form.Dispose();
        }

        _forms = null;
    }

    /// <summary>Memory of someone else, given back once.</summary>
    sealed class Loan(Action release) : IDisposable
    {
        ~Loan() => release();

        public void Dispose()
        {
            GC.SuppressFinalize(this);
            release();
        }
    }
}
