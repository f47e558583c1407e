using System.Reflection;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>The methods by which emitted code moves vectors from and to memory and fills them.</summary>
abstract unsafe class LaneMemory
{
    static readonly LaneMemory?[] Known = new LaneMemory?[DTypeFacts.All.Count];

    delegate Vector128<T> LoadHalf<T>(T* source)
        where T : unmanaged;

    delegate Vector256<T> LoadFull<T>(T* source)
        where T : unmanaged;

    delegate void StoreHalf<T>(Vector128<T> lanes, T* destination)
        where T : unmanaged;

    delegate void StoreFull<T>(Vector256<T> lanes, T* destination)
        where T : unmanaged;

    delegate Vector128<T> LoadNarrowHalf<T>(byte* source)
        where T : unmanaged;

    delegate Vector256<T> LoadNarrowFull<T>(byte* source)
        where T : unmanaged;

    delegate void StoreNarrowHalf<T>(Vector128<T> lanes, byte* destination)
        where T : unmanaged;

    delegate void StoreNarrowFull<T>(Vector256<T> lanes, byte* destination)
        where T : unmanaged;

    /// <summary>The C# vector type of the lanes.</summary>
    public abstract Type Vector(int lanes);

    /// <summary>Takes a pointer, gives lanes.</summary>
    public abstract MethodInfo Load(int lanes);

    /// <summary>Takes lanes and a pointer.</summary>
    public abstract MethodInfo Store(int lanes);

    /// <summary>Takes one lane's value, gives it in every lane.</summary>
    public abstract MethodInfo Create(int lanes);

    /// <summary>The methods for elements stored as <paramref name="stored"/>.</summary>
    public static LaneMemory Of(DType stored) => Known[(int)stored] ??= stored switch
    {
        DType.Float32 => new Whole<float>(),
        DType.Float64 => new Whole<double>(),
        DType.Int32 or DType.UInt32 => new Whole<int>(),
        DType.Int64 or DType.UInt64 => new Whole<long>(),
        DType.UInt8 => new Narrow<int>(ByteLanes.Load4, ByteLanes.Load8, ByteLanes.Store4, ByteLanes.Store8),
        DType.Int8 => new Narrow<int>(ByteLanes.LoadSigned4, ByteLanes.LoadSigned8, ByteLanes.Store4, ByteLanes.Store8),
        DType.UInt16 => new Narrow<int>(ShortLanes.Load4, ShortLanes.Load8, ShortLanes.Store4, ShortLanes.Store8),
        DType.Int16 => new Narrow<int>(ShortLanes.LoadSigned4, ShortLanes.LoadSigned8, ShortLanes.Store4, ShortLanes.Store8),
        DType.Float16 => new Narrow<float>(Float16Lanes.Load4, Float16Lanes.Load8, Float16Lanes.Store4, Float16Lanes.Store8),
        DType.BFloat16 => new Narrow<float>(BFloat16Lanes.Load4, BFloat16Lanes.Load8, BFloat16Lanes.Store4, BFloat16Lanes.Store8),
        _ => new Narrow<int>(ByteLanes.LoadMask4, ByteLanes.LoadMask8, ByteLanes.StoreMask4, ByteLanes.StoreMask8),
    };

    class Whole<T> : LaneMemory
        where T : unmanaged
    {
        public override Type Vector(int lanes) => Full(lanes) ? typeof(Vector256<T>) : typeof(Vector128<T>);

        public override MethodInfo Load(int lanes) => Full(lanes) ? ((LoadFull<T>)Vector256.Load).Method : ((LoadHalf<T>)Vector128.Load).Method;

        public override MethodInfo Store(int lanes) => Full(lanes) ? ((StoreFull<T>)Vector256.Store).Method : ((StoreHalf<T>)Vector128.Store).Method;

        public override MethodInfo Create(int lanes) => Full(lanes) ? ((Func<T, Vector256<T>>)Vector256.Create<T>).Method : ((Func<T, Vector128<T>>)Vector128.Create<T>).Method;

        static bool Full(int lanes) => lanes * sizeof(T) == 32;
    }

    sealed class Narrow<T>(LoadNarrowHalf<T> load4, LoadNarrowFull<T> load8, StoreNarrowHalf<T> store4, StoreNarrowFull<T> store8) : Whole<T>
        where T : unmanaged
    {
        public override MethodInfo Load(int lanes) => lanes == 8 ? load8.Method : load4.Method;

        public override MethodInfo Store(int lanes) => lanes == 8 ? store8.Method : store4.Method;
    }
}
