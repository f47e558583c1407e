namespace Ashlar.Cpu.Contraction;

/// <summary>Executes a <see cref="ContractionNest"/>: matrix products of any strides, and convolutions, on all threads of a pool.</summary>
/// <remarks>
/// Bits: for floats each element of C is c = s₀; c = c + s₁; …, where sᵢ is the chain of fused multiply-adds over the i-th 256 indices of k, from +0 and in order;
/// for integers it is the exact sum, wrapped. An empty k gives +0. Threads, registers and tiles change the speed alone.
/// Source of the blocking: Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
/// </remarks>
sealed unsafe class ContractionKernel : IContraction
{
    readonly Func<ContractionRun> _make;
    readonly bool _isTransposed;
    ContractionRun? _idle;

    /// <summary>Studies the tables and chooses how to pack the operands and how to cut C. The nest's tables are read, not kept.</summary>
    /// <exception cref="DTypeException">The nest's type is neither float32, float64, int32 nor int64.</exception>
    /// <exception cref="ShapeException">Two tables of one axis differ in length.</exception>
    /// <param name="nest">What to compute.</param>
    /// <param name="ends">Where the rows of A exchanged end, or null.</param>
    public ContractionKernel(ContractionNest nest, RowEnds? ends = null)
        : this(nest, ContractionPlan.WidestRegisterBytes, ends)
    {
    }

    /// <summary>As above, with registers of 32 or 64 bytes, whatever the hardware has.</summary>
    internal ContractionKernel(ContractionNest nest, int registerBytes, RowEnds? ends = null)
    {
        ArgumentNullException.ThrowIfNull(nest);
        nest.Validate();
        if (VectorProductPlan.Of(nest, registerBytes) is { } vector)
        {
            (_make, _isTransposed, Chunks) = (() => ContractionRun.Of(vector), vector.IsTransposed, vector.Chunks);
        }
        else
        {
            var plan = new ContractionPlan(nest, registerBytes) { Ends = ends };
            (_make, _isTransposed, Chunks, TakesLimits) = (() => ContractionRun.Of(plan), plan.IsTransposed, plan.Chunks, plan.TakesLimits);
        }
    }

    /// <summary>A product one of whose operands lies in panels, as <see cref="KeptLayout.Write"/> wrote it: runs are given the panels in its place. The bits are the same.</summary>
    internal ContractionKernel(ContractionNest nest, KeptOperand kept)
    {
        KeptLayout layout = kept.Layout;
        ContractionNest turned = kept.IsA ? nest.Transposed() : nest;
        _isTransposed = kept.IsA;
        if (turned.M == 1)
        {
            (_make, Chunks) = (() => ContractionRun.Of(turned, layout, kept.IsA), layout.VectorChunks);
        }
        else
        {
            var plan = new ContractionPlan(turned, layout.RegisterBytes, layout);
            (_make, Chunks) = (() => ContractionRun.Of(plan), plan.Chunks);
        }
    }

    /// <summary>Chunks into which the work is cut, whatever the number of threads; 0 where C is empty.</summary>
    public int Chunks { get; }

    /// <summary>Whether rows may want fewer columns, or less of k, than there are.</summary>
    public bool TakesLimits { get; }

    /// <inheritdoc/>
    /// <remarks>Allocates nothing once each thread has run it.</remarks>
    public void Run(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue = null) => Execute(pool, a, b, c, epilogue, null, alongDepth: false);

    /// <summary>Executes what is wanted, of a kernel that <see cref="TakesLimits"/>.</summary>
    /// <param name="pool">Who computes.</param>
    /// <param name="a">Base of A.</param>
    /// <param name="b">Base of B.</param>
    /// <param name="c">Base of C.</param>
    /// <param name="wanted">For each row how many columns, or terms of k, from the first.</param>
    /// <param name="alongDepth">Whether k is meant: what is left out of a sum must not change it. Columns that no row of a tile wants are left unwritten.</param>
    public void RunLimited(WorkerPool pool, void* a, void* b, void* c, int* wanted, bool alongDepth) => Execute(pool, a, b, c, null, wanted, alongDepth);

    void Execute(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue, int* wanted, bool alongDepth)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (Chunks == 0)
        {
            return;
        }

        ContractionRun run = Interlocked.Exchange(ref _idle, null) ?? _make();
        try
        {
            if (wanted != null)
            {
                run.Limit(wanted, alongDepth);
            }

            if (_isTransposed)
            {
                run.Execute(pool, b, a, c, epilogue);
            }
            else
            {
                run.Execute(pool, a, b, c, epilogue);
            }
        }
        finally
        {
            _idle = run;
        }
    }
}
