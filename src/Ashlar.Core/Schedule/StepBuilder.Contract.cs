using Ashlar.Cpu.Contraction;
using Ashlar.Cpu.Steps;
using Ashlar.Ir;
using Ashlar.Primitives.Contract;

namespace Ashlar.Schedule;

/// <content>Products and convolutions.</content>
sealed partial class StepBuilder
{
    ContractStep BuildContract(Group group)
    {
        Node root = group.Root!;
        LendMemory(group);
        MapWork? after = Maps(group.Nodes, group.Extents, group.Nodes.Where(buffers.IsStored), buffers.Of);
        return root.Primitive.Lowering == Lowering.Dot ? BuildDot(root, after) : BuildConv(root, after, group.Number);
    }

    // A product that only its epilogue reads is computed in the memory of the epilogue's result, if that is as large.
    void LendMemory(Group group)
    {
        Node root = group.Root!;
        if (!buffers.IsInArena(root) || buffers.IsReadAfter(root, group.Number))
        {
            return;
        }

        Node? host = group.Nodes.Find(node => buffers.IsStored(node) && node.Type == root.Type && !buffers.IsInPlace(node));
        if (host is not null)
        {
            buffers.Share(root, host);
        }
    }

    ContractStep BuildDot(Node root, MapWork? after)
    {
        ContractionNest nest = NestOf(root);
        RowEnds? ends = _ends.GetValueOrDefault(views[root.Inputs[0]].Base);
        (BufferPlace a, BufferPlace b) = (PlaceOf(root.Inputs[0]), PlaceOf(root.Inputs[1]));
        return new ContractStep(new ContractionKernel(nest, ends?.AreDepthOf(nest) == true ? ends : null), nest, a, b, buffers.Of(root), after, null, KeptOf(nest, a, b));
    }

    // Weights that many runs read unchanged are laid out once. No bit depends on where they lie.
    KeptStep? KeptOf(ContractionNest nest, BufferPlace a, BufferPlace b)
    {
        if (KeptOperand.Of(nest, ContractionPlan.WidestRegisterBytes) is not { } kept || !buffers.IsSlot(kept.IsA ? a.Buffer : b.Buffer))
        {
            return null;
        }

        return new KeptStep(new ContractionKernel(nest, kept), buffers.InFormIfOften(kept.IsA ? a.Buffer : b.Buffer, kept.Layout), kept.IsA, kept.IsA ? b : a);
    }

    // Where an operand's first element is; the nest's tables hold its offset.
    BufferPlace PlaceOf(Node operand) => new(buffers.Of(views[operand].Base), 0);

    ContractionNest NestOf(Node root)
    {
        var dot = (DotAttributes)root.Attributes!;
        (Node a, Node b) = (root.Inputs[0], root.Inputs[1]);
        (View viewA, View viewB) = (views[a], views[b]);
        int[] freeA = dot.FreeA(a.Shape.Rank);
        int[] freeB = dot.FreeB(b.Shape.Rank);
        int[] rowA = Offsets(a.Shape, viewA.Strides, freeA, 0);
        int[] columnB = Offsets(b.Shape, viewB.Strides, freeB, 0);
        int[] batchA = Offsets(a.Shape, viewA.Strides, dot.BatchA, viewA.Offset);
        int rows = rowA.Length;
        int columns = columnB.Length;
        return new ContractionNest
        {
            Type = root.Type,
            BatchA = batchA,
            BatchB = Offsets(b.Shape, viewB.Strides, dot.BatchB, viewB.Offset),
            BatchC = [.. Enumerable.Range(0, batchA.Length).Select(batch => batch * rows * columns)],
            RowA = rowA,
            DepthA = Offsets(a.Shape, viewA.Strides, dot.ContractA, 0),
            DepthB = Offsets(b.Shape, viewB.Strides, dot.ContractB, 0),
            ColumnB = columnB,
            RowC = [.. Enumerable.Range(0, rows).Select(row => row * columns)],
            ColumnC = [.. Enumerable.Range(0, columns)],
        };
    }

    ContractStep BuildConv(Node root, MapWork? after, int launch)
    {
        var conv = (ConvAttributes)root.Attributes!;
        (Node x, Node w) = (root.Inputs[0], root.Inputs[1]);
        (View viewX, View viewW) = (views[x], views[w]);
        int[] strides = conv.GroupsApart ? [viewX.Strides[0], .. viewX.Strides[2..]] : viewX.Strides;
        int? groupStride = conv.GroupsApart ? viewX.Strides[1] : null;
        ConvolutionShape shape = ConvShape(conv, x.Shape, w.Shape, root.Shape, strides, groupStride, viewW.Strides);
        var geometry = new ConvolutionGeometry(root.Type, conv.GroupsApart ? ConvShape(conv, x.Shape, w.Shape, root.Shape, null, null, viewW.Strides) : shape);
        nint itemSize = root.Type.ItemSize;
        var input = new BufferPlace(buffers.Of(viewX.Base), viewX.Offset * itemSize);
        var kernel = new BufferPlace(buffers.Of(viewW.Base), viewW.Offset * itemSize);
        int registers = ContractionPlan.WidestRegisterBytes;
        IContraction? direct = GroupLaneConvolution.Of(root.Type, shape, geometry.OutputShape, registers);
        direct ??= DirectConvolution.Of(root.Type, shape, geometry.OutputShape, registers);
        direct ??= options.Fast ? WinogradConvolution.Of(root.Type, shape, geometry.OutputShape) : null;
        if (direct is not null)
        {
            return new ContractStep(direct, geometry.Nest, kernel, input, buffers.Of(root), after, null);
        }

        bool isConstant = buffers.IsConstant(kernel.Buffer);
        if (BroadcastPlan.Of(root.Type, shape, geometry.OutputShape, registers, isConstant) is { } broadcast)
        {
            BufferPlace weights = isConstant ? new BufferPlace(buffers.InForm(kernel.Buffer, broadcast.Layout.From(viewW.Offset)), 0) : kernel;
            return new ContractStep(BroadcastConvolution.Of(broadcast, isConstant), broadcast.Nest, weights, input, buffers.Of(root), after, null, isConstant ? null : KeptOf(broadcast, viewW, input));
        }

        // Weights that are read often are laid out once, and then worth being read in another way.
        KeptStep? often = !isConstant && buffers.IsSlot(kernel.Buffer) && BroadcastPlan.Of(root.Type, shape, geometry.OutputShape, registers, isKept: true) is { } plan ? KeptOf(plan, viewW, input) : null;
        KeptPlan? kept = null;
        if (isConstant && kernel.Bytes == 0)
        {
            var copied = geometry.Nest.Padding is null ? geometry : new ConvolutionGeometry(root.Type, shape, masksPadding: false);
            kept = KeptPlan.Of(copied.Nest, registers);
            geometry = kept is null ? geometry : copied;
        }

        InputSpread? spread = null;
        if (geometry.NeedsPaddedInput)
        {
            int padded = buffers.Temporary(geometry.PaddedLength * itemSize, launch);
            spread = new InputSpread(geometry, input, padded);
            input = new BufferPlace(padded, 0);
        }

        // A constant kernel that small maps read is laid out once, not in every run. No bit depends on where weights lie.
        if (kept is not null)
        {
            var panels = new BufferPlace(buffers.InForm(kernel.Buffer, kept.Layout), 0);
            return new ContractStep(KeptContraction.Of(kept, registers), geometry.Nest, panels, input, buffers.Of(root), after, spread);
        }

        return new ContractStep(new ContractionKernel(geometry.Nest), geometry.Nest, kernel, input, buffers.Of(root), after, spread, often);
    }

    KeptStep? KeptOf(BroadcastPlan plan, View weights, BufferPlace input)
    {
        int slot = buffers.Of(weights.Base);
        return buffers.IsSlot(slot) && KeptOperand.IsWorthIt((long)plan.Layout.Outputs * plan.Layout.Depth)
            ? new KeptStep(BroadcastConvolution.Of(plan, isKept: true), buffers.InFormIfOften(slot, plan.Layout.From(weights.Offset)), IsA: true, input)
            : null;
    }

    /// <summary>The convolution of a node, as kernels see it.</summary>
    public static ConvolutionShape ConvShape(ConvAttributes conv, Shape x, Shape w, Shape result, int[]? inputStrides, int? groupStride, int[]? kernelStrides) => new()
    {
        Input = [.. conv.InputShape(x)],
        Kernel = [.. w],
        Groups = conv.Groups,
        Strides = conv.Strides.ToArray(),
        PaddingLow = conv.Low.ToArray(),
        PaddingHigh = conv.High.ToArray(),
        InputDilation = conv.InputDilation.ToArray(),
        KernelDilation = conv.KernelDilation.ToArray(),
        InputStrides = inputStrides,
        GroupStride = groupStride,
        KernelStrides = kernelStrides,
        OutputStrides = conv.OutputsFirst && x[0] != 1 && w[0] != 1 ? OutputsFirst(result) : null,
    };

    static int[] OutputsFirst(Shape shape)
    {
        int[] strides = shape.Strides();
        (strides[0], strides[1]) = (strides[1], strides[0]);
        return strides;
    }

    // Places of all elements over some axes, row-major in the order in which the axes are listed.
    static int[] Offsets(Shape shape, int[] strides, ReadOnlySpan<int> axes, int start)
    {
        int[] offsets = [start];
        foreach (int axis in axes)
        {
            int extent = shape[axis];
            int stride = strides[axis];
            var next = new int[offsets.Length * extent];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = offsets[i / extent] + (i % extent * stride);
            }

            offsets = next;
        }

        return offsets;
    }
}
