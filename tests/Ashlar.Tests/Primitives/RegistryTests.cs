using System.Reflection;
using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Structure;

namespace Ashlar.Tests.Primitives;

public sealed class RegistryTests
{
    static readonly Dictionary<string, PrimitiveCase> Leaves = new()
    {
        ["Iota"] = new("Iota", IotaPrimitive.Instance, [], new Ashlar.Primitives.Axes("axis, shape", [1, 2, 3])),
        ["Literal"] = new("Literal", LiteralPrimitive.Instance, [], new LiteralAttributes(DType.Float32, 0)),
    };

    public static TheoryData<string> Operations => [.. Registered().Where(primitive => primitive is not SourcePrimitive).Select(primitive => primitive.Name)];

    [Fact]
    public void Names_are_unique()
    {
        string[] names = [.. Registered().Select(primitive => primitive.Name)];
        Assert.True(names.Length > 50);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_class_of_primitive_has_a_registered_instance()
    {
        Type[] classes = [.. typeof(Primitive).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Primitive)) && !type.IsAbstract)];
        Assert.Equal(classes.OrderBy(type => type.Name), Registered().Select(primitive => primitive.GetType()).Distinct().OrderBy(type => type.Name));
    }

    [Theory, MemberData(nameof(Operations))]
    public void Every_primitive_has_a_row_in_the_table_of_cases(string name) =>
        Assert.True(Leaves.ContainsKey(name) || PrimitiveCases.All.Any(row => row.Primitive.Name == name), $"Add a row for {name} to PrimitiveCases.");

    [Theory, MemberData(nameof(Operations))]
    public void Every_primitive_has_every_column(string name)
    {
        PrimitiveCase row = Leaves.GetValueOrDefault(name) ?? PrimitiveCases.All.First(row => row.Primitive.Name == name);
        Node[] operands = [.. row.Operands.Select(operand => operand.Constant(1, row.Types[0]))];
        Node node = row.Of(operands);
        Assert.True(Enum.IsDefined(row.Primitive.Lowering));
        Assert.Equal(row.Primitive is MapPrimitive, row.Primitive.Lowering == Lowering.Map);
        Assert.InRange(row.Primitive.Cost(node), 0, long.MaxValue);
        Assert.Equal(operands.Length, row.Primitive.Vjp(node, node).Length);
        var result = new HostArray(node.Type, node.Shape);
        row.Primitive.Evaluate(node, [.. operands.Select(Host)], result);
        Assert.Equal(node.Shape.Size * node.Type.ItemSize, result.Bytes.Length);
    }

    [Theory, MemberData(nameof(Operations))]
    public void Every_primitive_has_an_ONNX_name_or_a_reason(string name)
    {
        Primitive primitive = Registered().Single(primitive => primitive.Name == name);
        Assert.NotEqual(primitive.OnnxName is not null, PrimitiveCases.All.Any(row => row.Primitive == primitive && row.WithoutOnnx is not null));
    }

    [Theory, MemberData(nameof(Operations))]
    public void Every_primitive_refuses_a_wrong_input_with_values_and_remedy(string name)
    {
        if (Leaves.ContainsKey(name))
        {
            return;
        }

        PrimitiveCase row = PrimitiveCases.All.First(row => row.Primitive.Name == name);
        if (row.TakesAnything)
        {
            Assert.DoesNotContain(Wrong(row), operands => Record.Exception(() => row.Of(operands)) is not null);
            return;
        }

        string[] messages = [.. Wrong(row).Select(operands => Record.Exception(() => row.Of(operands))).OfType<ArgumentException>()
            .Where(error => error is ShapeException or DTypeException).Select(error => error.Message)];
        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.Matches(@"^\w+: .+\. .+\.$", message));
    }

    [Fact]
    public void An_iota_refuses_an_axis_outside_its_shape()
    {
        var error = Assert.Throws<ShapeException>(() => new Node(IotaPrimitive.Instance, [], new Ashlar.Primitives.Axes("axis, shape", [2, 2, 3])));
        Assert.Equal("Iota: axis 2 of [2, 3] does not exist. Axes run from -2 to 1.", error.Message);
    }

    [Fact]
    public void A_leaf_is_given_not_computed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Node(SourcePrimitive.Constant, []));
        Assert.Equal("Constant: a leaf is given its value, not computed. Record it through Node.Constant, Node.Scalar or a Variable.", error.Message);
    }

    static IEnumerable<Node[]> Wrong(PrimitiveCase row)
    {
        for (int i = 0; i < row.Operands.Length; i++)
        {
            foreach (DType type in DTypeFacts.All)
            {
                foreach (Shape shape in (Shape[])[row.Operands[i].Shape, new([7, .. row.Operands[i].Shape]), Shape.Scalar])
                {
                    Node[] operands = [.. row.Operands.Select(operand => operand.Constant(1, row.Types[0]))];
                    operands[i] = Operand.Constant(new double[shape.Size], shape, type);
                    yield return operands;
                }
            }
        }
    }

    static unsafe HostArray Host(Node constant)
    {
        var array = new HostArray(constant.Type, constant.Shape);
        new ReadOnlySpan<byte>(constant.Value!.Pointer, array.Bytes.Length).CopyTo(array.Bytes);
        return array;
    }

    static List<Primitive> Registered()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var found = new List<Primitive>();
        foreach (Type type in typeof(Primitive).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Ashlar.", StringComparison.Ordinal) == true))
        {
            found.AddRange(type.GetFields(Static).Select(field => typeof(Primitive).IsAssignableFrom(field.FieldType) ? field.GetValue(null) : null).OfType<Primitive>());
            found.AddRange(type.GetProperties(Static).Select(property => typeof(Primitive).IsAssignableFrom(property.PropertyType) ? property.GetValue(null) : null).OfType<Primitive>());
        }

        return [.. found.Distinct().OrderBy(primitive => primitive.Name, StringComparer.Ordinal)];
    }
}
