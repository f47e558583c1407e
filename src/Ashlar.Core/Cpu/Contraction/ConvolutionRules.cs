namespace Ashlar.Cpu.Contraction;

/// <summary>What the extents and settings of a convolution must satisfy.</summary>
static class ConvolutionRules
{
    /// <exception cref="ShapeException">A rule is broken.</exception>
    public static void Validate(ConvolutionShape shape)
    {
        int rank = shape.Input.Length;
        if (rank < 3 || shape.Kernel.Length != rank)
        {
            throw Fault(shape, "the ranks must be equal and at least 3: batch, channels and one spatial axis. Reshape the operands.");
        }

        if (shape.Groups < 1 || shape.Input[1] != shape.Kernel[1] * shape.Groups || shape.Kernel[0] % shape.Groups != 0)
        {
            throw Fault(shape, shape.Groups == 1
                ? $"the input has {shape.Input[1]} channels, the kernel {shape.Kernel[1]}. Make axis 1 of both equal."
                : $"{shape.Groups} groups do not cut the input's {shape.Input[1]} channels into {shape.Kernel[1]} each and the {shape.Kernel[0]} outputs evenly. Make both multiples of the groups.");
        }

        Require(shape, shape.Strides, rank - 2, "strides", least: 1);
        Require(shape, shape.InputDilation, rank - 2, "input dilation", least: 1);
        Require(shape, shape.KernelDilation, rank - 2, "kernel dilation", least: 1);
        Require(shape, shape.PaddingLow, rank - 2, "low padding", int.MinValue);
        Require(shape, shape.PaddingHigh, rank - 2, "high padding", int.MinValue);
        Require(shape, shape.InputStrides, rank, "input element strides", int.MinValue);
        Require(shape, shape.KernelStrides, rank, "kernel element strides", int.MinValue);
        Require(shape, shape.OutputStrides, rank, "output element strides", int.MinValue);
    }

    static void Require(ConvolutionShape shape, int[]? values, int count, string name, int least)
    {
        if (values is null)
        {
            return;
        }

        if (values.Length != count)
        {
            throw Fault(shape, $"{values.Length} {name} were given. Give {count}, one for each axis.");
        }

        foreach (int value in values)
        {
            if (value < least)
            {
                throw Fault(shape, $"{name} holds {value}. Give {least} or more.");
            }
        }
    }

    static ShapeException Fault(ConvolutionShape shape, string what) =>
        new($"convolution: [{string.Join(",", shape.Input)}] with kernel [{string.Join(",", shape.Kernel)}]: {what}");
}
