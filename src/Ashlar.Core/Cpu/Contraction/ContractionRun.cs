using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>One execution of a plan: its pointers and what its threads share. Kept and used again, so that executing allocates nothing.</summary>
abstract unsafe class ContractionRun
{
    /// <summary>Computes all of C.</summary>
    /// <param name="pool">Who computes.</param>
    /// <param name="a">Base of A.</param>
    /// <param name="b">Base of B.</param>
    /// <param name="c">Base of C.</param>
    /// <param name="epilogue">What to do to finished rectangles, or null.</param>
    public abstract void Execute(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue);

    /// <summary>Asks for less in the next execution, of a plan that <see cref="ContractionPlan.TakesLimits"/>.</summary>
    /// <param name="wanted">For each row how many columns, or terms of k, from the first.</param>
    /// <param name="alongDepth">Whether k is meant: what is left out of a sum must not change it. Columns that no row of a tile wants are left unwritten.</param>
    public virtual void Limit(int* wanted, bool alongDepth) => throw new NotSupportedException("ContractionRun: a vector's product has no limits. Ask its plan before.");

    /// <summary>A run whose kernels fit the plan's element type and register width.</summary>
    public static ContractionRun Of(ContractionPlan plan) => (plan.Nest.Type, plan.RegisterBytes) switch
    {
        (DType.Float32, 64) => new TypedContractionRun<float, Vector512<float>, Lanes512<float>>(plan),
        (DType.Float64, 64) => new TypedContractionRun<double, Vector512<double>, Lanes512<double>>(plan),
        (DType.Int32, 64) => new TypedContractionRun<int, Vector512<int>, Lanes512<int>>(plan),
        (DType.Int64, 64) => new TypedContractionRun<long, Vector512<long>, Lanes512<long>>(plan),
        (DType.Float32, _) => new TypedContractionRun<float, Vector256<float>, Lanes256<float>>(plan),
        (DType.Float64, _) => new TypedContractionRun<double, Vector256<double>, Lanes256<double>>(plan),
        (DType.Int32, _) => new TypedContractionRun<int, Vector256<int>, Lanes256<int>>(plan),
        _ => new TypedContractionRun<long, Vector256<long>, Lanes256<long>>(plan),
    };

    /// <summary>A run of a vector's product with a matrix that lies in panels.</summary>
    public static ContractionRun Of(ContractionNest nest, KeptLayout layout, bool isTransposed) => layout.RegisterBytes == 64
        ? new KeptVectorProduct<Vector512<float>, Lanes512<float>>(nest, layout, isTransposed)
        : new KeptVectorProduct<Vector256<float>, Lanes256<float>>(nest, layout, isTransposed);

    /// <summary>A run of a vector's product.</summary>
    public static ContractionRun Of(VectorProductPlan plan) => plan.RegisterBytes == 64
        ? new VectorProductRun<Vector512<float>, Lanes512<float>, RowBlock512>(plan)
        : new VectorProductRun<Vector256<float>, Lanes256<float>, RowBlock256>(plan);
}
