using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Elements of one byte to int32 lanes and back: uint8 as 0..255, int8 with its sign, bool as masks.</summary>
static unsafe class ByteLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(byte* source)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(source)).AsByte();
        return Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(byte* source)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsByte();
        return Vector256.WidenLower(Vector128.WidenLower(bytes).ToVector256Unsafe()).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadSigned4(byte* source) => Load4(source) << 24 >> 24;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadSigned8(byte* source) => Load8(source) << 24 >> 24;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> LoadMask4(byte* source) => -Load4(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> LoadMask8(byte* source) => -Load8(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store4(Vector128<int> lanes, byte* destination)
    {
        Vector128<short> words = Vector128.Narrow(lanes, lanes);
        Unsafe.WriteUnaligned(destination, Vector128.Narrow(words, words).AsUInt32().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(Vector256<int> lanes, byte* destination)
    {
        Vector128<short> words = Vector128.Narrow(lanes.GetLower(), lanes.GetUpper());
        Unsafe.WriteUnaligned(destination, Vector128.Narrow(words, words).AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask4(Vector128<int> lanes, byte* destination) => Store4(-lanes, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask8(Vector256<int> lanes, byte* destination) => Store8(-lanes, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(byte* source) => Vector512.Create(Load8(source), Load8(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store16(Vector512<int> lanes, byte* destination)
    {
        Store8(lanes.GetLower(), destination);
        Store8(lanes.GetUpper(), destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadSigned16(byte* source) => Vector512.Create(LoadSigned8(source), LoadSigned8(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> LoadMask16(byte* source) => Vector512.Create(LoadMask8(source), LoadMask8(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask16(Vector512<int> lanes, byte* destination)
    {
        StoreMask8(lanes.GetLower(), destination);
        StoreMask8(lanes.GetUpper(), destination + 8);
    }
}
