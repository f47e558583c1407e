using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Elements of two bytes to int32 lanes and back: uint16 as 0..65535, int16 with its sign.</summary>
static unsafe class ShortLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(byte* source) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsUInt16()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(byte* source) => Vector256.WidenLower(Vector128.Load((ushort*)source).ToVector256Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadSigned4(byte* source) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadSigned8(byte* source) => Vector256.WidenLower(Vector128.Load((short*)source).ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store4(Vector128<int> lanes, byte* destination) =>
        Unsafe.WriteUnaligned(destination, Vector128.Narrow(lanes, lanes).AsUInt64().ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(Vector256<int> lanes, byte* destination) =>
        Vector128.Store(Vector128.Narrow(lanes.GetLower(), lanes.GetUpper()), (short*)destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(byte* source) => Vector512.Create(Load8(source), Load8(source + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store16(Vector512<int> lanes, byte* destination)
    {
        Store8(lanes.GetLower(), destination);
        Store8(lanes.GetUpper(), destination + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadSigned16(byte* source) => Vector512.Create(LoadSigned8(source), LoadSigned8(source + 16));
}
