using Ashlar.Calls;
using Ashlar.Cpu.Library;
using Ashlar.Cpu.Library.Fft;
using Ashlar.Cpu.Library.Linalg;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Primitives.Fft;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Linalg;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Scan;
using Ashlar.Primitives.Sort;
using Ashlar.Primitives.Window;

namespace Ashlar.Schedule;

/// <content>Kernels of the library, one for each primitive.</content>
sealed partial class StepBuilder
{
    Step BuildLibrary(Group group)
    {
        Node root = group.Root!;
        if (root.Primitive is ConcatPrimitive && buffers.IsPlaced(root, views))
        {
            return new PlacedStep();
        }

        int[] bindings = [.. root.Inputs.ToArray().Select(input => buffers.Of(views[input].Base)), buffers.Of(root)];
        return new LibraryStep(KernelOf(root), bindings);
    }

    internal static LibraryKernel KernelOf(Node node) => node.Primitive switch
    {
        ReduceWindowPrimitive => new WindowKernel(node.Type, node.Inputs[0].Shape, node.Shape, (WindowAttributes)node.Attributes!),
        WindowArgReducePrimitive => new WindowArgKernel(node.Inputs[0].Type, node.Inputs[0].Shape, node.Shape, (WindowAttributes)node.Attributes!),
        GatherPrimitive => new GatherKernel(node.Type, GatherPrimitive.Geometry(node.Inputs, node.Attributes)),
        ScatterPrimitive => new ScatterKernel(node.Type, ScatterPrimitive.Geometry(node.Inputs, node.Attributes), (ScatterAttributes)node.Attributes!),
        NonzeroPrimitive => new NonzeroKernel(node.Inputs[0].Shape, node.Shape[^1]),
        ScanPrimitive => new ScanKernel(node.Type, node.Shape, (ScanAttributes)node.Attributes!),
        RecurrencePrimitive => ScanKernel.Recurrence(node.Type, node.Shape, (ScanAttributes)node.Attributes!),
        ArgSortPrimitive => new ArgSortKernel(node.Inputs[0].Type, node.Inputs[0].Shape, (SortAttributes)node.Attributes!),
        SortPrimitive => new SortKernel(node.Type, node.Shape, (SortAttributes)node.Attributes!),
        SearchSortedPrimitive => new SearchSortedKernel(node.Inputs[0].Type, node.Inputs[0].Shape, node.Shape, SearchSortedPrimitive.IsRight(node.Attributes)),
        ArgReducePrimitive => new ArgReduceKernel(node.Inputs[0].Type, node.Inputs[0].Shape, (ReduceAttributes)node.Attributes!),
        FftPrimitive when node.Type == DType.Float32 => new FftKernel<float>(node.Shape, (FftAttributes)node.Attributes!),
        FftPrimitive => new FftKernel<double>(node.Shape, (FftAttributes)node.Attributes!),
        RFftPrimitive when node.Type == DType.Float32 => new RealFftKernel<float>(node.Inputs[0].Shape, inverse: false, 1),
        RFftPrimitive => new RealFftKernel<double>(node.Inputs[0].Shape, inverse: false, 1),
        IRFftPrimitive when node.Type == DType.Float32 => new RealFftKernel<float>(node.Shape, inverse: true, ((IRFftAttributes)node.Attributes!).Factor),
        IRFftPrimitive => new RealFftKernel<double>(node.Shape, inverse: true, ((IRFftAttributes)node.Attributes!).Factor),
        PadPrimitive => new PadKernel(node.Type, node.Inputs[0].Shape, node.Shape, (PadAttributes)node.Attributes!),
        ConcatPrimitive => new ConcatKernel(node.Type, [.. node.Inputs.ToArray().Select(input => input.Shape)], ConcatPrimitive.AxisOf(node)),
        MatrixPrimitive matrix when node.Type == DType.Float32 => new MatrixKernel<float>(matrix, node),
        MatrixPrimitive matrix => new MatrixKernel<double>(matrix, node),
        CustomCallPrimitive => new CustomKernelRun(new CustomRun(node), 1 << 14),
        _ => throw new InvalidOperationException($"{node.Primitive.Name}: the library has no kernel for it. Add one to Cpu/Library and name it here."),
    };
}
