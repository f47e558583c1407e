using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>What calls demand of their inputs.</summary>
static class CarryRule
{
    /// <summary>A carried value keeps shape and dtype.</summary>
    public static void Require(string operation, ReadOnlySpan<Node> carries, Node[] next)
    {
        if (next.Length != carries.Length)
        {
            throw new ArgumentException($"{operation}: the body returns {next.Length} carries for {carries.Length}. Return the next value of each.");
        }

        for (int i = 0; i < next.Length; i++)
        {
            if (!next[i].Shape.Equals(carries[i].Shape) || next[i].Type != carries[i].Type)
            {
                throw new ShapeException(
                    $"{operation}: carry {i} enters a step as {carries[i].Type.Name}{carries[i].Shape} and leaves it as {next[i].Type.Name}{next[i].Shape}. Keep shape and dtype: cast in the body, or begin with the larger one.");
            }
        }
    }

    /// <summary>An input is what the body was recorded for.</summary>
    public static void RequireInput(string operation, int which, Node input, Shape shape, DType type)
    {
        if (!input.Shape.Equals(shape))
        {
            throw new ShapeException($"{operation}: input {which} is {input.Shape}, the body was recorded for {shape}. Record the call anew for other shapes.");
        }

        if (input.Type != type)
        {
            throw new DTypeException($"{operation}: input {which} is {input.Type.Name}, the body was recorded for {type.Name}. Cast it.");
        }
    }
}
