using Ashlar.Randomness;
using Ashlar.Scalars;

namespace Ashlar.Tests.Randomness;

/// <summary>Known answers: the lines "threefry2x32 20" of kat_vectors in Random123 1.14.</summary>
public sealed class ThreefryTests
{
    public static TheoryData<uint, uint, uint, uint, uint, uint> KnownAnswers => new()
    {
        { 0, 0, 0, 0, 0x6b200159, 0x99ba4efe },
        { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7 },
        { 0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0 },
    };

    [Theory, MemberData(nameof(KnownAnswers))]
    public void The_host_form_gives_the_known_answers(uint key0, uint key1, uint counter0, uint counter1, uint word0, uint word1) =>
        Assert.Equal((word0, word1), Threefry.Evaluate(key0, key1, counter0, counter1));

    [Theory, MemberData(nameof(KnownAnswers))]
    public void The_scalar_program_gives_the_known_answers(uint key0, uint key1, uint counter0, uint counter1, uint word0, uint word1)
    {
        var builder = new ScalarBuilder();
        Scalar[] inputs = [.. Enumerable.Range(0, 4).Select(_ => builder.Input(DType.Int32))];
        (Scalar first, Scalar second) = Threefry.Of(inputs[0], inputs[1], inputs[2], inputs[3]);
        ScalarProgram program = builder.Build(first, second);
        var results = new long[2];
        ScalarInterpreter.Evaluate(program, [key0, key1, counter0, counter1], results, new long[program.Instructions.Length]);
        Assert.Equal([word0, word1], results);
    }

    [Fact]
    public void Words_are_int32()
    {
        var builder = new ScalarBuilder();
        Scalar word = builder.Input(DType.Int32);
        Scalar wide = builder.Input(DType.Int64);
        var error = Assert.Throws<DTypeException>(() => Threefry.Of(word, word, wide, word));
        Assert.Equal("Threefry: an argument is int64. Keys and counters are int32.", error.Message);
    }
}
