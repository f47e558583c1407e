#pragma warning disable
using Ashlar.Scalars; using Ashlar.Ir; using Ashlar.Cpu; using Ashlar.Primitives.Window; using Ashlar.Primitives.Reduce; using Ashlar.Primitives.Movement;
namespace Ashlar.Functions {
 public static class ErfInverse { public static Scalar Of(Scalar x)=>x; } public static class Pow { public static Scalar Of(Scalar x, Scalar y)=>x; } }
namespace Ashlar.Cpu.Library { abstract unsafe class LibraryKernel { public virtual void Run(WorkerPool p, byte** o){} }
 class WindowKernel(DType t, Shape a, Shape b, WindowAttributes w):LibraryKernel{} class WindowArgKernel(DType t, Shape a, Shape b, WindowAttributes w):LibraryKernel{} class GatherKernel(DType t, Shape a, DType i, Shape b):LibraryKernel{} class ScatterAddKernel(DType i, DType t, Shape a, Shape b):LibraryKernel{} class ArgReduceKernel(DType t, Shape a, ReduceAttributes w):LibraryKernel{} class PadKernel(DType t, Shape a, Shape b, PadAttributes w):LibraryKernel{} class ConcatKernel(DType t, Shape[] a, int x):LibraryKernel{} }
