using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ashlar.Runtime;
using Ashlar.Schedule;

namespace Ashlar;

/// <summary>Tensors exchanged with native libraries of the same process by the DLPack protocol, without copies.</summary>
/// <remarks>DLPack 1.0 (dmlc/dlpack, dlpack.h). The versioned structure is meant unless a name says otherwise; Python's capsules named "dltensor" hold the unversioned one.
/// Only memory that the processor can read is exchanged.</remarks>
public static unsafe class DLPack
{
    const ulong ReadOnlyFlag = 1;

    /// <summary>A structure for a consumer: the address of a <c>DLManagedTensorVersioned</c>, marked read-only.</summary>
    /// <param name="tensor">Computed if it was not. A variable is copied, because its next step overwrites its memory.</param>
    /// <returns>The consumer calls its deleter, once, from any thread; until then the value stays alive.</returns>
    /// <exception cref="DTypeException">The protocol has no such dtype.</exception>
    public static nint Export(Tensor tensor)
    {
        var managed = (VersionedTensor*)NativeMemory.AllocZeroed((nuint)sizeof(VersionedTensor));
        managed->Version = new DLPackVersion { Major = 1, Minor = 0 };
        managed->Flags = ReadOnlyFlag;
        managed->Deleter = &Delete;
        managed->Context = Fill(tensor, &managed->Tensor);
        return (nint)managed;
    }

    /// <summary>A structure for a consumer of the older protocol: the address of a <c>DLManagedTensor</c>. It has no mark for read-only memory: the consumer must not write.</summary>
    /// <param name="tensor">Computed if it was not. A variable is copied.</param>
    /// <returns>The consumer calls its deleter, once, from any thread; until then the value stays alive.</returns>
    /// <exception cref="DTypeException">The protocol has no such dtype.</exception>
    public static nint ExportUnversioned(Tensor tensor)
    {
        var managed = (UnversionedTensor*)NativeMemory.AllocZeroed((nuint)sizeof(UnversionedTensor));
        managed->Deleter = &DeleteUnversioned;
        managed->Context = Fill(tensor, &managed->Tensor);
        return (nint)managed;
    }

    /// <summary>A tensor over the memory of a producer. Row-major memory is used where it lies and must not change; other strides are copied.</summary>
    /// <param name="managed">The address of a <c>DLManagedTensorVersioned</c>. Its deleter is called when nothing refers to the memory any more, at once if it was copied or refused.</param>
    /// <exception cref="DTypeException">The dtype is not one of Ashlar's.</exception>
    /// <exception cref="NotSupportedException">The version is later than 1, or the memory is that of another device.</exception>
    public static Tensor Import(nint managed)
    {
        var source = (VersionedTensor*)managed;
        if (source->Version.Major != 1)
        {
            throw new NotSupportedException($"DLPack.Import: version {source->Version.Major}.{source->Version.Minor} is not known, only 1. Ask the producer for version 1.");
        }

        return Import(&source->Tensor, () => source->Deleter(source));
    }

    /// <summary>As <see cref="Import(nint)"/>, of the older protocol.</summary>
    /// <param name="managed">The address of a <c>DLManagedTensor</c>.</param>
    /// <exception cref="DTypeException">The dtype is not one of Ashlar's.</exception>
    /// <exception cref="NotSupportedException">The memory is that of another device.</exception>
    public static Tensor ImportUnversioned(nint managed)
    {
        var source = (UnversionedTensor*)managed;
        return Import(&source->Tensor, () => source->Deleter(source));
    }

    static nint Fill(Tensor tensor, DLTensor* target)
    {
        DLDataType type = DLPackDType.Of(tensor.DType);
        Storage value = tensor.Recorded.Variable is null ? Evaluator.Value(tensor.Recorded) : Copy(tensor);
        int rank = tensor.Rank;
        var extents = (long*)NativeMemory.Alloc((nuint)(2 * Math.Max(1, rank)), sizeof(long));
        int[] strides = tensor.Shape.Strides();
        for (int axis = 0; axis < rank; axis++)
        {
            extents[axis] = tensor.Shape[axis];
            extents[rank + axis] = strides[axis];
        }

        *target = new DLTensor { Data = value.Pointer, DeviceType = DLTensor.Cpu, Rank = rank, Type = type, Extents = extents, Strides = extents + rank };
        return GCHandle.ToIntPtr(GCHandle.Alloc(value));
    }

    static Storage Copy(Tensor tensor)
    {
        byte[] bytes = tensor.ToBytes();
        Storage copy = Storage.Allocate(bytes.Length);
        bytes.CopyTo(new Span<byte>(copy.Pointer, bytes.Length));
        return copy;
    }

    static Tensor Import(DLTensor* source, Action release)
    {
        bool kept = false;
        try
        {
            if (source->DeviceType is not (DLTensor.Cpu or DLTensor.CudaHost or DLTensor.RocmHost))
            {
                throw new NotSupportedException($"DLPack.Import: the memory lies on device type {source->DeviceType}, which the processor cannot read. Move it to the CPU first.");
            }

            DType type = DLPackDType.Find(source->Type);
            var extents = new int[source->Rank];
            for (int axis = 0; axis < extents.Length; axis++)
            {
                extents[axis] = checked((int)source->Extents[axis]);
            }

            var shape = new Shape(extents);
            byte* data = (byte*)source->Data + source->ByteOffset;
            if (!IsRowMajor(source, shape))
            {
                return Tensor.FromBytes(Gathered(source, data, shape, type.ItemSize), type, shape);
            }

            kept = true;
            return Tensor.Wrap(data, shape, type, release);
        }
        finally
        {
            if (!kept)
            {
                release();
            }
        }
    }

    static bool IsRowMajor(DLTensor* source, Shape shape)
    {
        if (source->Strides is null || shape.Size == 0)
        {
            return true;
        }

        int[] strides = shape.Strides();
        for (int axis = 0; axis < strides.Length; axis++)
        {
            if (shape[axis] != 1 && source->Strides[axis] != strides[axis])
            {
                return false;
            }
        }

        return true;
    }

    static byte[] Gathered(DLTensor* source, byte* data, Shape shape, int itemSize)
    {
        var bytes = new byte[(long)shape.Size * itemSize];
        int[] strides = shape.Strides();
        for (int i = 0; i < shape.Size; i++)
        {
            long place = 0;
            for (int axis = 0; axis < strides.Length; axis++)
            {
                place += i / strides[axis] % shape[axis] * source->Strides[axis];
            }

            new ReadOnlySpan<byte>(data + (place * itemSize), itemSize).CopyTo(bytes.AsSpan(i * itemSize));
        }

        return bytes;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Delete(VersionedTensor* managed)
    {
        Free(&managed->Tensor, managed->Context);
        NativeMemory.Free(managed);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void DeleteUnversioned(UnversionedTensor* managed)
    {
        Free(&managed->Tensor, managed->Context);
        NativeMemory.Free(managed);
    }

    static void Free(DLTensor* tensor, nint context)
    {
        NativeMemory.Free(tensor->Extents);
        GCHandle.FromIntPtr(context).Free();
    }

    [StructLayout(LayoutKind.Sequential)]
    struct DLPackVersion
    {
        public uint Major;
        public uint Minor;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct VersionedTensor
    {
        public DLPackVersion Version;
        public nint Context;
        public delegate* unmanaged[Cdecl]<VersionedTensor*, void> Deleter;
        public ulong Flags;
        public DLTensor Tensor;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct UnversionedTensor
    {
        public DLTensor Tensor;
        public nint Context;
        public delegate* unmanaged[Cdecl]<UnversionedTensor*, void> Deleter;
    }
}
