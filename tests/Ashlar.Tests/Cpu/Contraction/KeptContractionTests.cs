using System.Runtime.InteropServices;
using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed unsafe class KeptContractionTests
{
    static readonly Dictionary<string, ConvolutionShape> Shapes = new()
    {
        ["3x3 on 7x7"] = new() { Input = [1, 40, 7, 7], Kernel = [136, 40, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["3x3 on 14x14"] = new() { Input = [1, 29, 14, 14], Kernel = [144, 29, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["1x1 on 7x7"] = new() { Input = [1, 515, 7, 7], Kernel = [168, 515, 1, 1] },
        ["1x1 on 14x14, every second pixel"] = new() { Input = [1, 300, 14, 14], Kernel = [328, 300, 1, 1], Strides = [2, 2] },
        ["3x3 on 14x14, every second pixel"] = new() { Input = [1, 60, 14, 14], Kernel = [128, 60, 3, 3], Strides = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["few pixels in tiles of six"] = new() { Input = [1, 256, 5, 8], Kernel = [136, 256, 1, 1] },
        ["one axis"] = new() { Input = [1, 70, 57], Kernel = [128, 70, 5] },
        ["kernels apart"] = new() { Input = [1, 260, 6, 7], Kernel = [136, 260, 1, 1], KernelStrides = [270, 1, 1, 1] },
    };

    public static TheoryData<string> Cases => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bits_are_those_of_the_direct_definition(string name)
    {
        ConvolutionShape shape = Shapes[name];
        var geometry = new ConvolutionGeometry(DType.Float32, shape, masksPadding: false);
        float[] x = Nests.Fill<float>(shape.Input.Aggregate((a, b) => a * b), 1);
        float[] w = Nests.Fill<float>(shape.Kernel[0] * (shape.KernelStrides?[0] ?? geometry.Nest.K), 2);
        float[] padded = new float[geometry.PaddedLength];
        float[] expected = NaiveConvolution.Run(shape, geometry.OutputShape, x, w);
        using var pool = new WorkerPool(2);
        foreach (int registerBytes in (int[])[32, 64])
        {
            KeptPlan? plan = KeptPlan.Of(geometry.Nest, registerBytes);
            Assert.NotNull(plan);
            float[] y = new float[expected.Length];
            void* panels = NativeMemory.AlignedAlloc((nuint)plan.Layout.Bytes, 64);
            fixed (float* px = x, pw = w, py = y, pp = padded)
            {
                if (geometry.NeedsPaddedInput)
                {
                    geometry.Pad(pool, px, pp);
                }

                plan.Layout.Write(pool, pw, panels);
                KeptContraction.Of(plan, registerBytes).Run(pool, panels, geometry.NeedsPaddedInput ? pp : px, py);
            }

            NativeMemory.AlignedFree(panels);
            Assert.Equal(MemoryMarshal.AsBytes<float>(expected), MemoryMarshal.AsBytes<float>(y));
        }
    }

    [Fact]
    public void Large_maps_many_images_groups_and_other_types_are_left_to_tiles()
    {
        var small = new ConvolutionShape { Input = [1, 256, 7, 7], Kernel = [128, 256, 1, 1] };
        Assert.NotNull(PlanOf(DType.Float32, small));
        Assert.Null(PlanOf(DType.Float64, small));
        Assert.Null(PlanOf(DType.Float32, new() { Input = [2, 256, 7, 7], Kernel = [128, 256, 1, 1] }));
        Assert.Null(PlanOf(DType.Float32, new() { Input = [1, 256, 32, 32], Kernel = [128, 256, 1, 1] }));
        Assert.Null(PlanOf(DType.Float32, new() { Input = [1, 512, 7, 7], Kernel = [256, 256, 1, 1], Groups = 2 }));
    }

    static KeptPlan? PlanOf(DType type, ConvolutionShape shape) => KeptPlan.Of(new ConvolutionGeometry(type, shape).Nest, 64);
}
