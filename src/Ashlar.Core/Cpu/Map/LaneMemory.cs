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

    delegate Vector512<T> LoadWide<T>(T* source)
        where T : unmanaged;

    delegate void StoreWide<T>(Vector512<T> lanes, T* destination)
        where T : unmanaged;

    delegate Vector512<T> LoadNarrowWide<T>(byte* source)
        where T : unmanaged;

    delegate void StoreNarrowWide<T>(Vector512<T> lanes, byte* destination)
        where T : unmanaged;

    /// <summary>The C# vector type of the lanes.</summary>
    public abstract Type Vector(int lanes);

    /// <summary>Takes a pointer, gives lanes.</summary>
    public abstract MethodInfo Load(int lanes);

    /// <summary>Takes lanes and a pointer.</summary>
    public abstract MethodInfo Store(int lanes);

    /// <summary>Takes lanes and an aligned pointer, and writes past the caches; null where there is no such way.</summary>
    public virtual MethodInfo? Stream(int lanes) => null;

    /// <summary>Takes one lane's value, gives it in every lane.</summary>
    public abstract MethodInfo Create(int lanes);

    /// <summary>The methods for elements stored as <paramref name="stored"/>.</summary>
    public static LaneMemory Of(DType stored) => Known[(int)stored] ??= stored switch
    {
        DType.Float32 => new Whole<float>(),
        DType.Float64 => new Whole<double>(),
        DType.Int32 or DType.UInt32 => new Whole<int>(),
        DType.Int64 or DType.UInt64 => new Whole<long>(),
        DType.UInt8 => new Narrow<int>(ByteLanes.Load4, ByteLanes.Load8, ByteLanes.Load16, ByteLanes.Store4, ByteLanes.Store8, ByteLanes.Store16),
        DType.Int8 => new Narrow<int>(ByteLanes.LoadSigned4, ByteLanes.LoadSigned8, ByteLanes.LoadSigned16, ByteLanes.Store4, ByteLanes.Store8, ByteLanes.Store16),
        DType.UInt16 => new Narrow<int>(ShortLanes.Load4, ShortLanes.Load8, ShortLanes.Load16, ShortLanes.Store4, ShortLanes.Store8, ShortLanes.Store16),
        DType.Int16 => new Narrow<int>(ShortLanes.LoadSigned4, ShortLanes.LoadSigned8, ShortLanes.LoadSigned16, ShortLanes.Store4, ShortLanes.Store8, ShortLanes.Store16),
        DType.Float16 => new Narrow<float>(Float16Lanes.Load4, Float16Lanes.Load8, Float16Lanes.Load16, Float16Lanes.Store4, Float16Lanes.Store8, Float16Lanes.Store16),
        DType.BFloat16 => new Narrow<float>(BFloat16Lanes.Load4, BFloat16Lanes.Load8, BFloat16Lanes.Load16, BFloat16Lanes.Store4, BFloat16Lanes.Store8, BFloat16Lanes.Store16),
        _ => new Narrow<int>(ByteLanes.LoadMask4, ByteLanes.LoadMask8, ByteLanes.LoadMask16, ByteLanes.StoreMask4, ByteLanes.StoreMask8, ByteLanes.StoreMask16),
    };

    class Whole<T> : LaneMemory
        where T : unmanaged
    {
        public override Type Vector(int lanes) => (lanes * sizeof(T)) switch
        {
            64 => typeof(Vector512<T>),
            32 => typeof(Vector256<T>),
            _ => typeof(Vector128<T>),
        };

        public override MethodInfo Load(int lanes) => (lanes * sizeof(T)) switch
        {
            64 => ((LoadWide<T>)Vector512.Load).Method,
            32 => ((LoadFull<T>)Vector256.Load).Method,
            _ => ((LoadHalf<T>)Vector128.Load).Method,
        };

        public override MethodInfo Store(int lanes) => (lanes * sizeof(T)) switch
        {
            64 => ((StoreWide<T>)Vector512.Store).Method,
            32 => ((StoreFull<T>)Vector256.Store).Method,
            _ => ((StoreHalf<T>)Vector128.Store).Method,
        };

        public override MethodInfo? Stream(int lanes) => (lanes * sizeof(T)) switch
        {
            64 => ((StoreWide<T>)Vector512.StoreAlignedNonTemporal).Method,
            32 => ((StoreFull<T>)Vector256.StoreAlignedNonTemporal).Method,
            _ => null,
        };

        public override MethodInfo Create(int lanes) => (lanes * sizeof(T)) switch
        {
            64 => ((Func<T, Vector512<T>>)Vector512.Create<T>).Method,
            32 => ((Func<T, Vector256<T>>)Vector256.Create<T>).Method,
            _ => ((Func<T, Vector128<T>>)Vector128.Create<T>).Method,
        };
    }

    sealed class Narrow<T>(
        LoadNarrowHalf<T> load4, LoadNarrowFull<T> load8, LoadNarrowWide<T> load16, StoreNarrowHalf<T> store4, StoreNarrowFull<T> store8, StoreNarrowWide<T> store16) : Whole<T>
        where T : unmanaged
    {
        public override MethodInfo Load(int lanes) => lanes switch
        {
            16 => load16.Method,
            8 => load8.Method,
            _ => load4.Method,
        };

        public override MethodInfo? Stream(int lanes) => null;

        public override MethodInfo Store(int lanes) => lanes switch
        {
            16 => store16.Method,
            8 => store8.Method,
            _ => store4.Method,
        };
    }
}
