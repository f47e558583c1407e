using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;

namespace Ashlar.Cpu.Map;

/// <summary>The methods by which an emitted loop reduces a row of float32 as it computes it: the 32 lanes of the law stay in registers.</summary>
static class FoldLanes
{
    /// <summary>Lanes of the law; a row is a multiple of them.</summary>
    public const int Count = RowReduction.LaneCount;

    /// <summary>Whether so many elements are whole lanes of one block.</summary>
    public static bool Fit(int columns) => columns > 0 && columns % Count == 0 && columns <= RowReduction.BlockLength;

    /// <summary>Whether vectors of so many lanes have their methods here.</summary>
    public static bool Have(int lanes) => lanes is 16 or 8;

    /// <summary>Takes nothing, gives the start of a lane.</summary>
    public static MethodInfo Identity(ReduceKind kind) => OperationOf(kind).GetProperty(nameof(IReduction<>.Identity))!.GetMethod!;

    /// <summary>Takes lanes and the elements that join them, gives lanes.</summary>
    public static MethodInfo Combine(ReduceKind kind, int lanes)
    {
        Type vector = lanes == 16 ? typeof(Vector512<float>) : typeof(Vector256<float>);
        return OperationOf(kind).GetMethod(nameof(IReduction<>.Combine), [vector, vector])!;
    }

    /// <summary>Takes the lanes of a row, two vectors of sixteen or four of eight, and gives the result.</summary>
    public static MethodInfo Fold(ReduceKind kind, int lanes) => (lanes, kind) switch
    {
        (16, ReduceKind.Sum) => ((Func<Vector512<float>, Vector512<float>, float>)Sixteens<SumOf<float>>).Method,
        (16, ReduceKind.Prod) => ((Func<Vector512<float>, Vector512<float>, float>)Sixteens<ProdOf<float>>).Method,
        (16, ReduceKind.Max) => ((Func<Vector512<float>, Vector512<float>, float>)Sixteens<MaxOf<float>>).Method,
        (16, _) => ((Func<Vector512<float>, Vector512<float>, float>)Sixteens<MinOf<float>>).Method,
        (_, ReduceKind.Sum) => ((Func<Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>, float>)Eights<SumOf<float>>).Method,
        (_, ReduceKind.Prod) => ((Func<Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>, float>)Eights<ProdOf<float>>).Method,
        (_, ReduceKind.Max) => ((Func<Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>, float>)Eights<MaxOf<float>>).Method,
        _ => ((Func<Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>, float>)Eights<MinOf<float>>).Method,
    };

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicProperties)]
    static Type OperationOf(ReduceKind kind) => kind switch
    {
        ReduceKind.Sum => typeof(SumOf<float>),
        ReduceKind.Prod => typeof(ProdOf<float>),
        ReduceKind.Max => typeof(MaxOf<float>),
        _ => typeof(MinOf<float>),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Sixteens<TOp>(Vector512<float> a, Vector512<float> b)
        where TOp : struct, IReduction<float>
    {
        Vector512<float> sixteen = TOp.Combine(a, b);
        return RowReduction.FoldEight<float, TOp>(TOp.Combine(sixteen.GetLower(), sixteen.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Eights<TOp>(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
        where TOp : struct, IReduction<float> => RowReduction.FoldEight<float, TOp>(TOp.Combine(TOp.Combine(a, c), TOp.Combine(b, d)));
}
