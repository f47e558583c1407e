using Ashlar.Primitives.Map;
using static Ashlar.Tests.Primitives.PrimitiveCase;

namespace Ashlar.Tests.Primitives;

/// <summary>Maps on elements.</summary>
sealed class MapCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            foreach (MapPrimitive map in (MapPrimitive[])[ArithmeticMaps.Add, ArithmeticMaps.Subtract, ArithmeticMaps.Multiply, ArithmeticMaps.Maximum, ArithmeticMaps.Minimum])
            {
                yield return Map(map, [0, 1], (-2, 2), (-2, 2)) with { Types = Numbers };
            }

            yield return Map(ArithmeticMaps.Divide, [0, 1], (-2, 2), (1, 3)) with { Types = Numbers };
            yield return Map(ArithmeticMaps.Fma, [0, 1, 2], (-2, 2), (-2, 2), (-2, 2)) with { WithoutOnnx = "written as Mul and Add" };
            yield return Map(ArithmeticMaps.Negate, [0], (-2, 2)) with { Types = Numbers };
            yield return Map(ArithmeticMaps.Abs, [0], (0.2, 2)) with { Types = Numbers };
            yield return Map(ArithmeticMaps.Abs, [0], (-2, -0.2)) with { Name = "Abs of negative numbers", Types = Numbers };
            yield return Map(ArithmeticMaps.Sign, [], (-2, 2)) with { Types = Numbers };
            yield return Map(ArithmeticMaps.Sqrt, [0], (0.5, 3));
            yield return Map(ArithmeticMaps.Rsqrt, [0], (0.5, 3)) with { WithoutOnnx = "written as Sqrt and Reciprocal" };
            yield return Map(ArithmeticMaps.Relu, [0], (0.2, 2)) with { Types = Numbers };
            yield return Map(ArithmeticMaps.Relu, [0], (-2, -0.2)) with { Name = "Relu of negative numbers", Types = Numbers };
            foreach (MapPrimitive map in (MapPrimitive[])[ComparisonMaps.Equal, ComparisonMaps.NotEqual, ComparisonMaps.Less, ComparisonMaps.LessOrEqual])
            {
                yield return Map(map, [], (-2, 2), (-2, 2)) with { Types = Numbers, WithoutOnnx = map == ComparisonMaps.NotEqual ? "written as Equal and Not" : null };
            }

            foreach (MapPrimitive map in (MapPrimitive[])[LogicMaps.And, LogicMaps.Or, LogicMaps.Xor])
            {
                yield return Map(map, [], (0, 2), (0, 2)) with { Types = [DType.Bool, DType.UInt8, DType.Int32, DType.Int64] };
            }

            yield return Map(LogicMaps.Not, [], (0, 2)) with { Types = [DType.Bool, DType.UInt8, DType.Int32, DType.Int64] };
            yield return Map(LogicMaps.ShiftRight, [], (-200, 200)) with { Types = Integers, Attributes = new ShiftCount(3) };
            yield return new("Where", LogicMaps.Where, [new(new Shape(2, 3), 0, 2, DType.Bool), new(new Shape(2, 3), -2, 2), new(new Shape(2, 3), -2, 2)]) { Differentiable = [1, 2], Types = Numbers };
            yield return Map(ConversionMaps.Cast, [0], (-2, 2)) with { Types = [DType.Float32, DType.Int32], Attributes = new TargetDType(DType.Float64), TakesAnything = true };
            yield return Map(ConversionMaps.Bitcast, [], (1, 2)) with { Types = [DType.Float32, DType.Int32, DType.UInt32], OnlyTypes = true, Attributes = new TargetDType(DType.Int32) };
            yield return Map(StructureMaps.Copy, [0], (-2, 2)) with { Types = Numbers, TakesAnything = true };
            yield return Map(ElementaryMaps.Exp, [0], (-2, 2));
            yield return Map(ElementaryMaps.Expm1, [0], (-2, 2)) with { WithoutOnnx = "written as Exp and Sub" };
            yield return Map(ElementaryMaps.Log, [0], (0.5, 3));
            yield return Map(ElementaryMaps.Log1p, [0], (-0.5, 3)) with { WithoutOnnx = "written as Add and Log" };
            yield return Map(ElementaryMaps.Sin, [0], (-3, 3));
            yield return Map(ElementaryMaps.Cos, [0], (-3, 3));
            yield return Map(ElementaryMaps.Tanh, [0], (-2, 2));
            yield return Map(ElementaryMaps.Sigmoid, [0], (-3, 3));
            yield return Map(ElementaryMaps.Erf, [0], (-2, 2));
            yield return Map(ElementaryMaps.ErfInverse, [0], (-0.8, 0.8)) with { WithoutOnnx = "no operator; only draws use it" };
            yield return Map(ElementaryMaps.Erfc, [0], (-2, 3)) with { WithoutOnnx = "written as Erf and Sub" };
            yield return Map(ElementaryMaps.Cbrt, [0], (0.5, 3)) with { WithoutOnnx = "written as Pow" };
            yield return Map(ElementaryMaps.Hypot, [0, 1], (0.5, 3), (-2, -1)) with { WithoutOnnx = "written as Mul, Add and Sqrt" };
            yield return Map(ElementaryMaps.Exp2, [0], (-2, 2)) with { WithoutOnnx = "written as Pow" };
            yield return Map(ElementaryMaps.Log2, [0], (0.5, 3)) with { WithoutOnnx = "written as Log and Mul" };
            yield return Map(ElementaryMaps.Log10, [0], (0.5, 3)) with { WithoutOnnx = "written as Log and Mul" };
            yield return Map(AngleMaps.Tan, [0], (-1, 1));
            yield return Map(AngleMaps.Asin, [0], (-0.8, 0.8));
            yield return Map(AngleMaps.Acos, [0], (-0.8, 0.8));
            yield return Map(AngleMaps.Atan, [0], (-3, 3));
            yield return Map(AngleMaps.Atan2, [0, 1], (0.5, 2), (-2, 2)) with { WithoutOnnx = "written as Div, Atan and Where" };
            yield return Map(AngleMaps.Sinh, [0], (-2, 2));
            yield return Map(AngleMaps.Cosh, [0], (-2, 2));
            yield return Map(AngleMaps.Asinh, [0], (-3, 3));
            yield return Map(AngleMaps.Acosh, [0], (1.5, 4));
            yield return Map(AngleMaps.Atanh, [0], (-0.8, 0.8));
            yield return Map(RoundingMaps.Floor, [], (-3, 3));
            yield return Map(RoundingMaps.Ceiling, [], (-3, 3));
            yield return Map(RoundingMaps.Truncate, [], (-3, 3)) with { WithoutOnnx = "written as Abs, Floor and Sign" };
            yield return Map(RoundingMaps.Round, [], (-3, 3));
            yield return Map(DivisionMaps.FloorDivide, [], (-9, 9), (1, 4)) with { Types = Numbers, WithoutOnnx = "written as Div and Floor" };
            yield return Map(DivisionMaps.Remainder, [0, 1], (22, 23), (8.2, 8.9)) with { Types = Numbers, WithoutOnnx = "Mod has another sign for floats" };
            yield return Map(DivisionMaps.Remainder, [0, 1], (-23, -22), (8.2, 8.9)) with { Name = "Remainder of negative numbers", Types = Numbers, WithoutOnnx = "Mod has another sign for floats" };
            yield return Map(DivisionMaps.Fmod, [0, 1], (-23, -22), (8.2, 8.9)) with { Types = Numbers, WithoutOnnx = "Mod has a flag for it" };
            yield return Map(SignMaps.SignBit, [], (-2, 2)) with { Types = Numbers, WithoutOnnx = "no operator looks at the sign of zero" };
            yield return Map(SignMaps.CopySign, [0], (0.5, 2), (-2, 2)) with { WithoutOnnx = "no operator looks at the sign of zero" };
            yield return Map(SignMaps.NextAfter, [], (-2, 2), (-2, 2)) with { WithoutOnnx = "no operator steps through floats" };
            yield return Map(ShiftMaps.Left, [], (-200, 200), (-2, 70)) with { Types = Integers, WithoutOnnx = "BitShift takes unsigned integers only" };
            yield return Map(ShiftMaps.Right, [], (-200, 200), (-2, 70)) with { Types = Integers, WithoutOnnx = "BitShift takes unsigned integers only" };
            foreach ((MapPrimitive map, double low, double high) in ((MapPrimitive, double, double)[])
                [(SpecialMaps.Lgamma, 0.3, 12), (SpecialMaps.Digamma, 0.3, 12), (SpecialMaps.BesselI0e, 0.3, 12), (SpecialMaps.BesselI1e, 0.3, 12), (SpecialMaps.LogNdtr, -3, 3), (SpecialMaps.Ndtri, 0.05, 0.95),
                    (SpecialMaps.BesselJ0, -3, 12), (SpecialMaps.BesselJ1, -3, 12)])
            {
                yield return Map(map, [0], (low, high)) with { WithoutOnnx = "no operator" };
            }

            yield return Map(SpecialMaps.Polygamma, [0], (0.8, 12)) with { Attributes = new DerivativeOrder(1), WithoutOnnx = "no operator" };
            yield return Map(SpecialMaps.Zeta, [1], (1.5, 6), (0.5, 3)) with { WithoutOnnx = "no operator" };
            yield return Map(SpecialMaps.GammaInc, [0, 1], (0.5, 6), (0.5, 8)) with { WithoutOnnx = "no operator" };
            yield return Map(SpecialMaps.GammaIncC, [0, 1], (17, 20), (12, 25)) with { WithoutOnnx = "no operator" };
            yield return Map(SpecialMaps.GammaIncDerivative, [0, 1], (0.5, 6), (0.5, 8)) with { Attributes = new DerivativeOrder(1), WithoutOnnx = "no operator" };
            yield return Map(SpecialMaps.BetaInc, [0, 1, 2], (0.5, 4), (0.5, 4), (0.2, 0.8)) with { WithoutOnnx = "no operator" };
            yield return Map(ElementaryMaps.Pow, [0, 1], (0.5, 2), (-2, 2));
            yield return Map(RandomMaps.RandomBits, [], (-9, 9), (-9, 9), (0, 9), (0, 9)) with { Types = [DType.Int32], WithoutOnnx = "ONNX leaves its random operators undefined" };
        }
    }
}
