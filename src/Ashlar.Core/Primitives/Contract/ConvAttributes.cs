using Ashlar.Ir;

namespace Ashlar.Primitives.Contract;

/// <summary>The geometry of a convolution, one number for each spatial axis.</summary>
/// <param name="strides">Distance between neighbouring windows, ≥ 1.</param>
/// <param name="low">Zeros before the first element; negative numbers crop.</param>
/// <param name="high">Zeros after the last element; negative numbers crop.</param>
/// <param name="inputDilation">Distance between neighbouring elements of the input after zeros are put between them, ≥ 1.</param>
/// <param name="kernelDilation">Distance between neighbouring elements under the kernel, ≥ 1.</param>
/// <param name="groups">Into how many equal parts input and output channels are cut, ≥ 1; each part of the output sees one part of the input.</param>
public sealed class ConvAttributes(int[] strides, int[] low, int[] high, int[] inputDilation, int[] kernelDilation, int groups = 1) : Attributes
{
    /// <summary>Parts of the channels that do not mix.</summary>
    public int Groups => groups;

    /// <summary>Distance between neighbouring windows.</summary>
    public ReadOnlySpan<int> Strides => strides;

    /// <summary>Zeros before the first element.</summary>
    public ReadOnlySpan<int> Low => low;

    /// <summary>Zeros after the last element.</summary>
    public ReadOnlySpan<int> High => high;

    /// <summary>Distance between neighbouring elements of the input.</summary>
    public ReadOnlySpan<int> InputDilation => inputDilation;

    /// <summary>Distance between neighbouring elements under the kernel.</summary>
    public ReadOnlySpan<int> KernelDilation => kernelDilation;

    /// <summary>Whether the result is [outputs, images, …] instead of [images, outputs, …]. Plans ask for it; recorded graphs permute.</summary>
    internal bool OutputsFirst { get; private init; }

    /// <summary>Whether the input is [images, groups, channels of a group, …] instead of [images, channels, …]. Plans ask for it where the two axes cannot be walked as one.</summary>
    internal bool GroupsApart { get; private init; }

    /// <summary>Extent of spatial axis <paramref name="axis"/> of the result; ≤ 0 if the kernel does not fit.</summary>
    public int Extent(int axis, int input, int kernel)
    {
        int spread = input == 0 ? 0 : ((input - 1) * inputDilation[axis]) + 1;
        int window = ((kernel - 1) * kernelDilation[axis]) + 1;
        int room = spread + low[axis] + high[axis] - window;
        return room < 0 ? 0 : (room / strides[axis]) + 1;
    }

    /// <summary>The same convolution with the first two axes of its result exchanged.</summary>
    internal ConvAttributes Exchanged() => new(strides, low, high, inputDilation, kernelDilation, groups) { OutputsFirst = !OutputsFirst, GroupsApart = GroupsApart };

    /// <summary>The same convolution of an input whose groups have an axis of their own.</summary>
    internal ConvAttributes WithGroupsApart() => new(strides, low, high, inputDilation, kernelDilation, groups) { OutputsFirst = OutputsFirst, GroupsApart = true };

    /// <summary>[images, channels, …] of an input in either form.</summary>
    internal Shape InputShape(Shape x) => GroupsApart ? new Shape([x[0], x[1] * x[2], .. x.Extents[3..]]) : x;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(strides);
        key.Write(low);
        key.Write(high);
        key.Write(inputDilation);
        key.Write(kernelDilation);
        key.Write(groups);
        key.Write(OutputsFirst ? 1 : 0);
        key.Write(GroupsApart ? 1 : 0);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"strides=[{string.Join(", ", strides)}] low=[{string.Join(", ", low)}] high=[{string.Join(", ", high)}] inputDilation=[{string.Join(", ", inputDilation)}] kernelDilation=[{string.Join(", ", kernelDilation)}] groups={groups}{(OutputsFirst ? " outputs first" : "")}{(GroupsApart ? " groups apart" : "")}";
}
