using System.Reflection;

namespace Ashlar.House.Tests.PublicApi;

/// <summary>Types as one writes them in C#, with the question marks of nullable references.</summary>
static class TypeName
{
    // One for each thread: tests run beside each other, and the context remembers without a lock.
    static readonly ThreadLocal<NullabilityInfoContext> Contexts = new(() => new NullabilityInfoContext());

    static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    static NullabilityInfoContext Nullability => Contexts.Value!;

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, Nullability.Create(parameter));

    public static string Of(PropertyInfo property) => Of(property.PropertyType, Nullability.Create(property));

    public static string Of(FieldInfo field) => Of(field.FieldType, Nullability.Create(field));

    public static string Of(EventInfo happening) => Of(happening.EventHandlerType!, Nullability.Create(happening));

    /// <param name="type">The type.</param>
    /// <param name="nullability">What is known of its references, or null.</param>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        if (type.IsFunctionPointer)
        {
            return $"delegate*<{string.Join(", ", type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()).Select(part => Of(part)))}>";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        string name = type.IsArray
            ? $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]"
            : Keywords.GetValueOrDefault(type) ?? Named(type, nullability?.GenericTypeArguments);
        bool canBeNull = nullability is not null && !type.IsValueType && (nullability.ReadState == NullabilityState.Nullable || nullability.WriteState == NullabilityState.Nullable);
        return canBeNull ? name + "?" : name;
    }

    static string Named(Type type, NullabilityInfo[]? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        Type[] arguments = type.GetGenericArguments();
        Type[] outer = type.DeclaringType?.GetGenericArguments() ?? [];
        string prefix = type.DeclaringType is null ? "" : Named(outer.Length == 0 || type.IsGenericTypeDefinition ? type.DeclaringType : type.DeclaringType.MakeGenericType(arguments[..outer.Length]), null) + ".";
        IEnumerable<string> own = arguments.Select((argument, index) => Of(argument, index < nullability?.Length ? nullability[index] : null)).Skip(outer.Length);
        return prefix + type.Name.Split('`')[0] + (arguments.Length > outer.Length ? $"<{string.Join(", ", own)}>" : "");
    }
}
