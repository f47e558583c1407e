namespace Ashlar.Cpu.Library;

/// <summary>The places along the last axis where a mask is true. One item is one row.</summary>
sealed unsafe class NonzeroKernel : LibraryKernel
{
    readonly int _extent;
    readonly int _count;

    /// <param name="mask">Shape of the mask.</param>
    /// <param name="count">Places wanted of each row.</param>
    public NonzeroKernel(Shape mask, int count)
        : base(new Shape(mask.Extents[..^1]).Size, (long)mask[^1] + count)
    {
        _extent = mask[^1];
        _count = count;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        for (int row = first; row < end; row++)
        {
            long* y = (long*)operands[1] + ((nint)row * _count);
            var mask = new ReadOnlySpan<byte>(operands[0] + ((nint)row * _extent), _extent);
            int at = 0;
            for (int found = 0; found < _count; found++)
            {
                int next = mask[at..].IndexOfAnyExcept((byte)0);
                at = next < 0 ? _extent : at + next;
                y[found] = at;
                at = Math.Min(_extent, at + 1);
            }
        }
    }
}
