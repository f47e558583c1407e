using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Tests.Cpu.Library;

public sealed class FftKernelTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 5, 2 }, { 3, 3 }, { 1, 4 }, { 17, 5 }, { 40, 16 }, { 9, 24 }, { 2, 31 }, { 33, 60 }, { 1, 77 }, { 6, 97 }, { 3, 128 }, { 1, 1000 }, { 2, 1024 }, { 1, 30 }, { 1, 256 }, { 16, 256 }, { 1, 2048 }, { 0, 6 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void A_line_has_the_bits_of_the_definition_on_any_thread_count_and_in_any_company(int rows, int length)
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            var shape = new Shape(rows, length, 2);
            foreach (bool inverse in (bool[])[false, true])
            {
                new KernelTrial(Op.Fft(Node.Slot(shape, type, 0), inverse), Elements.Numbers(type, shape)).Require();
            }

            var columns = new Shape(2, length, rows, 2);
            new KernelTrial(Op.Fft(Node.Slot(columns, type, 0), inverse: rows % 2 == 0, axesBehind: 1), Elements.Numbers(type, columns)).Require();

            var real = new Shape(rows, length);
            var half = new Shape(rows, (length / 2) + 1, 2);
            new KernelTrial(Op.RFft(Node.Slot(real, type, 0)), Elements.Numbers(type, real)).Require();
            new KernelTrial(Op.IRFft(Node.Slot(half, type, 0), length, 1.0 / length), Elements.Numbers(type, half)).Require();
        }
    }
}
