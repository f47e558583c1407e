namespace Ashlar.Tests.Values;

/// <summary>Every function of the table asked for complex numbers: it computes, or refuses by name.</summary>
public sealed class ComplexArgumentTests
{
    public static TheoryData<string> OfFloats => [.. FunctionRows.All.Where(row => row.Operands.Any(operand => operand.Type is null)).Select(row => row.Name)];

    [Theory, MemberData(nameof(OfFloats))]
    public void Complex_numbers_are_computed_with_or_refused_by_name(string name)
    {
        FunctionRow row = FunctionRows.Named(name);
        Tensor[] x = [.. row.Operands.Select((operand, i) => Argument(new Tensor(operand.Constant((uint)i + 1, DType.Float64))))];
        try
        {
            Tensor.Eval(row.Call(x));
        }
        catch (DTypeException refusal)
        {
            Assert.Matches("^[A-Z][A-Za-z0-9.]+: .*complex.*\\.$", refusal.Message);
            Assert.DoesNotContain(refusal.Message[..refusal.Message.IndexOf(':')], (string[])["Tensor", "Node", "Reals", "Operand"]);
        }

        static Tensor Argument(Tensor x) => x.DType.IsFloating ? Tensor.Complex(x, x * 0.5) : x;
    }
}
