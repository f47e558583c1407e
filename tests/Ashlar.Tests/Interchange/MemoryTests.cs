using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ashlar.Tests.Interchange;

public sealed class MemoryTests
{
    [Fact]
    public void Wrapped_memory_is_used_where_it_lies()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        Tensor x = Tensor.Wrap<float>(values, 2, 3);
        Assert.Equal([5f, 7f, 9f], x.Sum([0]).ToArray<float>());
        Assert.True(Unsafe.AreSame(ref values[0], ref MemoryMarshal.GetReference(x.AsMemory<float>().Span)));
    }

    [Fact]
    public void A_part_of_an_array_that_no_vector_is_aligned_to_is_wrapped()
    {
        var values = Enumerable.Range(0, 1001).Select(i => (double)i).ToArray();
        Tensor x = Tensor.Wrap(values.AsMemory(1, 999), 999);
        Assert.Equal(values.Skip(1).Take(999).Select(v => v * 2), (x * 2).ToArray<double>());
        Assert.Equal(999 * 500.0, x.Sum().Item<double>());
    }

    [Fact]
    public void Wrapped_memory_is_let_go_when_nothing_refers_to_it()
    {
        int released = 0;
        WrapAndForget(() => released++);
        for (int i = 0; i < 50 && released == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(1, released);
    }

    [Fact]
    public void A_computed_value_is_read_without_a_copy()
    {
        Tensor x = Tensor.Arange(5) * 2;
        ReadOnlyMemory<int> memory = x.AsMemory<int>();
        Assert.Equal([0, 2, 4, 6, 8], memory.ToArray());
        Assert.True(Unsafe.AreSame(ref MemoryMarshal.GetReference(memory.Span), ref MemoryMarshal.GetReference(x.AsMemory<int>().Span)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("Wrap: 3 values do not fill [2, 2], which has 4 elements. Give as many values as the shape holds.", Assert.Throws<ShapeException>(() => Tensor.Wrap<float>(new float[3], 2, 2)).Message);
        Assert.StartsWith("Read: the tensor is int32", Assert.Throws<DTypeException>(() => Tensor.Arange(3).AsMemory<float>()).Message);
    }

    [Fact]
    public void Nothing_can_be_wrapped() => Assert.Empty(Tensor.Wrap<float>(Array.Empty<float>(), 0, 3).ToArray<float>());

    [MethodImpl(MethodImplOptions.NoInlining)]
    static unsafe void WrapAndForget(Action release)
    {
        var memory = (int*)NativeMemory.AllocZeroed(16);
        memory[2] = 7;
        var storage = Ashlar.Runtime.Storage.External((byte*)memory, 16, () =>
        {
            NativeMemory.Free(memory);
            release();
        });
        Assert.Equal(7, new Tensor(Ashlar.Ir.Node.Constant(storage, new Shape(4), DType.Int32)).Sum().Item<long>());
    }
}
