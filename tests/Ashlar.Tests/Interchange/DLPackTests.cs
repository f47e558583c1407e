using System.Runtime.InteropServices;

namespace Ashlar.Tests.Interchange;

public sealed unsafe class DLPackTests
{
    [Fact]
    public void A_tensor_comes_back_as_it_left()
    {
        foreach (DType type in Enum.GetValues<DType>())
        {
            Tensor x = (Tensor.Arange(6).Reshape(2, 3) * 1).To(type);
            Tensor back = DLPack.Import(DLPack.Export(x));
            Assert.Equal((x.Shape, type), (back.Shape, back.DType));
            Assert.Equal(x.ToBytes(), back.ToBytes());
            Assert.Equal(x.ToBytes(), DLPack.ImportUnversioned(DLPack.ExportUnversioned(x)).ToBytes());
        }
    }

    // Offsets as in dlpack.h of version 1.0 on a 64-bit machine.
    [Fact]
    public void What_is_exported_lies_as_the_header_file_says()
    {
        Tensor x = Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3);
        var managed = (byte*)DLPack.Export(x);
        Assert.Equal((1u, 0u, 1ul), (*(uint*)managed, *(uint*)(managed + 4), *(ulong*)(managed + 24)));
        byte* tensor = managed + 32;
        Assert.Equal(3f, (*(float**)tensor)[2]);
        Assert.Equal((1, 0, 2), (*(int*)(tensor + 8), *(int*)(tensor + 12), *(int*)(tensor + 16)));
        Assert.Equal((2, 32, 1), (tensor[20], tensor[21], *(ushort*)(tensor + 22)));
        long* extents = *(long**)(tensor + 24);
        long* strides = *(long**)(tensor + 32);
        Assert.Equal((2L, 3L, 3L, 1L, 0ul), (extents[0], extents[1], strides[0], strides[1], *(ulong*)(tensor + 40)));
        (*(delegate* unmanaged[Cdecl]<byte*, void>*)(managed + 16))(managed);
    }

    [Fact]
    public void Foreign_strides_are_copied_and_released_at_once()
    {
        int deleted = 0;
        using var producer = new Producer(() => deleted++);
        Tensor x = DLPack.ImportUnversioned(producer.Make(type: 0, bits: 32, [2, 3], [1, 2]));
        Assert.Equal(1, deleted);
        Assert.Equal([0, 2, 4, 1, 3, 5], x.ToArray<int>());
    }

    [Fact]
    public void Row_major_memory_is_used_where_it_lies()
    {
        int deleted = 0;
        using var producer = new Producer(() => deleted++);
        using Tensor x = DLPack.ImportUnversioned(producer.Make(type: 0, bits: 32, [2, 3], null));
        Assert.True(x.AsMemory<int>().Pin().Pointer == producer.Data);
        Assert.Equal(0, deleted);
        x.Dispose();
        Assert.Equal(1, deleted);
    }

    [Fact]
    public void What_cannot_be_read_is_refused_and_released()
    {
        int deleted = 0;
        using var producer = new Producer(() => deleted++);
        Assert.Contains("1 × kind 0 of 128 bits is no dtype of Ashlar.", Assert.Throws<DTypeException>(() => DLPack.ImportUnversioned(producer.Make(type: 0, bits: 128, [1], null))).Message);
        Assert.Contains("device type 2", Assert.Throws<NotSupportedException>(() => DLPack.ImportUnversioned(producer.Make(type: 0, bits: 32, [1], null, device: 2))).Message);
        Assert.Equal(2, deleted);
    }

    /// <summary>A native library that hands out six int32.</summary>
    sealed class Producer : IDisposable
    {
        [ThreadStatic]
        static Action? _deleted;

        readonly byte* _memory = (byte*)NativeMemory.AllocZeroed(256);

        public Producer(Action deleted)
        {
            _deleted = deleted;
            for (int i = 0; i < 6; i++)
            {
                ((int*)Data)[i] = i;
            }
        }

        public void* Data => _memory + 128;

        public nint Make(byte type, byte bits, long[] shape, long[]? strides, int device = 1)
        {
            *(void**)_memory = Data;
            *(int*)(_memory + 8) = device;
            *(int*)(_memory + 16) = shape.Length;
            _memory[20] = type;
            _memory[21] = bits;
            *(ushort*)(_memory + 22) = 1;
            *(long**)(_memory + 24) = (long*)(_memory + 160);
            *(long**)(_memory + 32) = strides is null ? null : (long*)(_memory + 192);
            shape.CopyTo(new Span<long>(_memory + 160, 4));
            strides?.CopyTo(new Span<long>(_memory + 192, 4));
            *(delegate* unmanaged[Cdecl]<void*, void>*)(_memory + 56) = &Delete;
            return (nint)_memory;
        }

        public void Dispose() => NativeMemory.Free(_memory);

        [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
        static void Delete(void* managed) => _deleted!();
    }
}
