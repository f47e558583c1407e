#pragma warning disable
using Ashlar.Scalars; using Ashlar.Ir; using Ashlar.Cpu; using Ashlar.Primitives.Window; using Ashlar.Primitives.Reduce; using Ashlar.Primitives.Movement;
namespace Ashlar.Functions {
 public static class ErfInverse { public static Scalar Of(Scalar x)=>x; } public static class Pow { public static Scalar Of(Scalar x, Scalar y)=>x; } }
namespace Ashlar.Reference { public static class ReductionLaw { 
 public static T Reduce<T>(ReadOnlySpan<T> v, ReduceKind k) where T: System.Numerics.INumber<T> { 
   T Op(T a, T b) => k==ReduceKind.Sum? a+b : k==ReduceKind.Prod? a*b : k==ReduceKind.Max ? T.Max(a,b) : T.Min(a,b);
   T id = k==ReduceKind.Sum? T.Zero : k==ReduceKind.Prod? T.One : v[0];
   var bl = new List<T>(); for (int s=0;s<Math.Max(1,v.Length);s+=4096){ var l=new T[32]; Array.Fill(l,id); for(int i=s;i<Math.Min(v.Length,s+4096);i++) l[i%32]=Op(l[i%32],v[i]); for(int w=16;w>0;w/=2) for(int j=0;j<w;j++) l[j]=Op(l[j],l[j+w]); bl.Add(l[0]); }
   while(bl.Count>1){ var n=new List<T>(); for(int j=0;j+1<bl.Count;j+=2)n.Add(Op(bl[j],bl[j+1])); if(bl.Count%2==1)n.Add(bl[^1]); bl=n; } return bl[0]; }
 public static long ArgReduce<T>(ReadOnlySpan<T> v, ReduceKind k) where T: System.Numerics.INumber<T> { int b=0; for(int i=1;i<v.Length;i++) if (k==ReduceKind.Max? v[i]>v[b] : v[i]<v[b]) b=i; return b; } } }
namespace Ashlar.Cpu.Reduction { static unsafe class TypedReduction {
 static float R(float* p, int n, nint stride, ReduceKind k){ var a=new float[n]; for(int i=0;i<n;i++)a[i]=p[i*stride]; return Ashlar.Reference.ReductionLaw.Reduce<float>(a,k);}
 public static void Rows(DType t, ReduceKind k, byte* s, byte* d, int first, int end, int cols){ for(int r=first;r<end;r++) ((float*)d)[r]=R((float*)s+(nint)r*cols,cols,1,k);} 
 public static void Block(DType t, ReduceKind k, byte* s, int n, byte* d)=> *(float*)d=R((float*)s,n,1,k);
 public static void ClearLanes(DType t, ReduceKind k, byte* l, int cols){ new Span<float>(l,32*cols).Fill(k==ReduceKind.Sum?0: k==ReduceKind.Max? float.NegativeInfinity:1); }
 public static void AccumulateRows(DType t, ReduceKind k, byte* l, byte* f, nint stride, int first, int rows, int cols){ for(int r=0;r<rows;r++) for(int c=0;c<cols;c++) { ref float x=ref ((float*)l)[((first+r)%32)*cols+c]; float y=((float*)f)[r*stride+c]; x = k==ReduceKind.Sum? x+y: MathF.Max(x,y);} }
 public static void FoldLanes(DType t, ReduceKind k, byte* l, int cols, byte* d){ float* p=(float*)l; for(int w=16;w>0;w/=2) for(int j=0;j<w;j++) for(int c=0;c<cols;c++) p[j*cols+c]= k==ReduceKind.Sum? p[j*cols+c]+p[(j+w)*cols+c] : MathF.Max(p[j*cols+c],p[(j+w)*cols+c]); for(int c=0;c<cols;c++)((float*)d)[c]=p[c]; }
 public static void FoldBlocks(DType t, ReduceKind k, byte* p, int blocks, int results, bool columns, byte* d){ for(int r=0;r<results;r++){ var b=new List<float>(); for(int i=0;i<blocks;i++) b.Add(((float*)p)[columns? i*results+r : r*blocks+i]); while(b.Count>1){ var n=new List<float>(); for(int j=0;j+1<b.Count;j+=2)n.Add(k==ReduceKind.Sum?b[j]+b[j+1]:MathF.Max(b[j],b[j+1])); if(b.Count%2==1)n.Add(b[^1]); b=n;} ((float*)d)[r]=b[0]; } }
} }
namespace Ashlar.Cpu.Library { abstract unsafe class LibraryKernel { public virtual void Run(WorkerPool p, byte** o){} }
 class WindowKernel(DType t, Shape a, Shape b, WindowAttributes w):LibraryKernel{} class WindowArgKernel(DType t, Shape a, Shape b, WindowAttributes w):LibraryKernel{} class GatherKernel(DType t, Shape a, DType i, Shape b):LibraryKernel{} class ScatterAddKernel(DType i, DType t, Shape a, Shape b):LibraryKernel{} class ArgReduceKernel(DType t, Shape a, ReduceAttributes w):LibraryKernel{} class PadKernel(DType t, Shape a, Shape b, PadAttributes w):LibraryKernel{} class ConcatKernel(DType t, Shape[] a, int x):LibraryKernel{} }
