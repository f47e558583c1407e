using Ashlar.Ir;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Writing;

/// <summary>Elementwise primitives as operators: one where the format has it, a few where not.</summary>
static class MapWriter
{
    /// <summary>The name of the result, or null where the format has nothing for it.</summary>
    /// <param name="w">Takes the nodes.</param>
    /// <param name="node">The recorded operation.</param>
    /// <param name="x">The names of its operands.</param>
    public static string? Write(GraphWriter w, Node node, string[] x)
    {
        DType type = node.Inputs[0].Type;
        string Number(double value) => w.Number(type, value);
        string One(string op, params string[] inputs) => w.Node(op, inputs);
        return node.Primitive.Name switch
        {
            "Cast" => w.Node("Cast", x, GraphWriter.Int("to", (int)node.Type.OnnxDType)),
            "Bitcast" when w.Opset >= 26 => w.Node("BitCast", x, GraphWriter.Int("to", (int)node.Type.OnnxDType)),
            "Bitcast" => null,
            "Fma" => One("Add", One("Mul", x[0], x[1]), x[2]),
            "Expm1" => One("Sub", One("Exp", x[0]), Number(1)),
            "Log1p" => One("Log", One("Add", x[0], Number(1))),
            "Rsqrt" => One("Reciprocal", One("Sqrt", x[0])),
            "Erfc" => One("Sub", Number(1), One("Erf", x[0])),
            "Exp2" => One("Pow", Number(2), x[0]),
            "Log2" => One("Mul", One("Log", x[0]), Number(1.4426950408889634)),
            "Log10" => One("Mul", One("Log", x[0]), Number(0.4342944819032518)),
            "Cbrt" => One("Mul", One("Sign", x[0]), One("Pow", One("Abs", x[0]), Number(1.0 / 3))),
            "Hypot" => One("Sqrt", One("Add", One("Mul", x[0], x[0]), One("Mul", x[1], x[1]))),
            "NotEqual" => One("Not", One("Equal", x)),
            "Truncate" => One("Mul", One("Sign", x[0]), One("Floor", One("Abs", x[0]))),
            "SignBit" => One("Less", x[0], Number(0)),
            "CopySign" => One("Where", One("Less", x[1], Number(0)), One("Neg", One("Abs", x[0])), One("Abs", x[0])),
            "Fmod" => w.Node("Mod", x, GraphWriter.Int("fmod", 1)),
            "Remainder" when type.IsInteger => One("Mod", x),
            "Remainder" => One("Sub", x[0], One("Mul", One("Floor", One("Div", x)), x[1])),
            "FloorDivide" when type.IsFloating => One("Floor", One("Div", x)),
            "FloorDivide" => One("Div", One("Sub", x[0], One("Mod", x)), x[1]),
            "Atan2" => Atan2(w, type, x[0], x[1]),
            "And" or "Or" or "Xor" or "Not" when type != DType.Bool => w.Opset >= 18 ? One("Bitwise" + node.Primitive.Name, x) : null,
            "Maximum" when type == DType.Bool => One("Or", x),
            "Minimum" when type == DType.Bool => One("And", x),
            "ShiftRight" => null,
            "ShiftLeftBy" when !type.IsSigned => w.Node("BitShift", x, GraphWriter.Text("direction", "LEFT")),
            "ShiftRightBy" when !type.IsSigned => w.Node("BitShift", x, GraphWriter.Text("direction", "RIGHT")),
            _ => node.Primitive.OnnxName is { } op ? One(op, x) : SpecialWriter.Write(w, node, x),
        };
    }

    // The angle of the quotient, turned by half a circle where x is negative; a quarter where it is zero.
    static string Atan2(GraphWriter w, DType type, string y, string x)
    {
        string zero = w.Number(type, 0);
        string half = w.Node("Where", [w.Node("Less", [y, zero]), w.Number(type, -Math.PI), w.Number(type, Math.PI)]);
        string angle = w.Node("Atan", [w.Node("Div", [y, x])]);
        string aside = w.Node("Mul", [w.Node("Sign", [y]), w.Number(type, Math.PI / 2)]);
        return w.Node("Where", [w.Node("Greater", [x, zero]), angle, w.Node("Where", [w.Node("Less", [x, zero]), w.Node("Add", [angle, half]), aside])]);
    }
}
