using System.Runtime.InteropServices;

namespace Ashlar;

/// <summary>The structure <c>DLTensor</c> of dlpack.h: 48 bytes on 64-bit machines.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct DLTensor
{
    public const int Cpu = 1;
    public const int CudaHost = 3;
    public const int RocmHost = 11;

    public void* Data;
    public int DeviceType;
    public int DeviceId;
    public int Rank;
    public DLDataType Type;
    public long* Extents;
    public long* Strides;
    public ulong ByteOffset;
}
