using Ashlar.Ir;
using Ashlar.Schedule;
using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Law;

/// <summary>One operation on operands of one dtype and layout.</summary>
sealed record LawCase(PrimitiveCase Row, DType Type, Layout Layout)
{
    /// <summary>Every row of the table, in every dtype and layout.</summary>
    public static IEnumerable<LawCase> Of(PrimitiveCase row) =>
        from type in row.Types
        from layout in row.Operands.Length == 0 ? [Layout.Contiguous] : Enum.GetValues<Layout>()
        select new LawCase(row, type, layout);

    /// <summary>The bits of the result, or what was thrown.</summary>
    public string Bits(ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        try
        {
            Node[] operands = [.. Row.Operands.Select((operand, i) => LaidOut.Of(Layout, operand.Draw((uint)i, operand.Shape.Size, Type), operand.Shape, operand.Type ?? Type))];
            return Schedule.Bits.Hash(new Tensor(Row.Of(operands)));
        }
        catch (Exception error) when (error is ArgumentException or ArithmeticException)
        {
            return error.Message;
        }
    }

    public override string ToString() => $"{Row.Name}, {Type.Name}, {Layout}";
}
