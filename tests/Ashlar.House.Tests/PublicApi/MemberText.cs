using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ashlar.House.Tests.PublicApi;

/// <summary>One line for each member that users can name.</summary>
static class MemberText
{
    /// <summary>The line, or null for what users cannot name: private, overridden or made by the compiler.</summary>
    public static string? Of(MemberInfo member) => member switch
    {
        _ when member.Name.Contains('<') || member.IsDefined(typeof(CompilerGeneratedAttribute)) => null,
        FieldInfo field when IsOpen(field.IsPublic, field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName => Of(field),
        PropertyInfo property when Accessors(property).FirstOrDefault(IsOpen) is { } accessor && !IsOverride(accessor) => Of(property, accessor),
        EventInfo happening when happening.AddMethod is { } add && IsOpen(add) => $"{Modifiers(add)}event {TypeName.Of(happening)} {happening.Name}",
        ConstructorInfo constructor when IsOpen(constructor) && !constructor.IsStatic => $"{Modifiers(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor.GetParameters())})",
        MethodInfo method when IsOpen(method) && !IsOverride(method) && !IsAccessor(method) => Of(method),
        _ => null,
    };

    /// <summary>The parameters as one writes them in C#.</summary>
    public static string Parameters(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(Of));

    static string Of(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        }

        string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{kind}{TypeName.Of(field)} {field.Name}{(field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "")}";
    }

    static string Of(PropertyInfo property, MethodInfo accessor)
    {
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{Parameters(index)}]";
        string get = property.GetMethod is { } getter && IsOpen(getter) ? " get;" : "";
        string set = property.SetMethod is { } setter && IsOpen(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(accessor)}{required}{Reference(property.PropertyType, property)}{TypeName.Of(property)} {name} {{{get}{set} }}";
    }

    static string Of(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        string receiver = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        string name = method.IsStatic && method.Name.StartsWith("op_", StringComparison.Ordinal) ? $"operator {method.Name[3..]}" : method.Name;
        return $"{Modifiers(method)}{Reference(method.ReturnType, method.ReturnParameter)}{TypeName.Of(method.ReturnParameter)} {name}{arguments}({receiver}{Parameters(method.GetParameters())}){Constraints(method)}";
    }

    static string Of(ParameterInfo parameter)
    {
        string kind = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{kind}{TypeName.Of(parameter)} {parameter.Name}{value}";
    }

    /// <summary>The where clauses of a generic method or type.</summary>
    public static string Constraints(MemberInfo member)
    {
        Type[] arguments = member switch
        {
            Type { IsGenericTypeDefinition: true } type => type.GetGenericArguments(),
            MethodInfo { IsGenericMethod: true } method => method.GetGenericArguments(),
            _ => [],
        };
        return string.Concat(arguments.Select(Constraint));
    }

    static string Constraint(Type argument)
    {
        GenericParameterAttributes flags = argument.GenericParameterAttributes;
        bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        bool isUnmanaged = argument.IsDefined(typeof(IsUnmanagedAttribute));
        List<string> parts = [];
        parts.AddRange(isUnmanaged ? ["unmanaged"] : isStruct ? ["struct"] : flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : Array.Empty<string>());
        parts.AddRange(argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => TypeName.Of(type)));
        parts.AddRange(flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? ["new()"] : Array.Empty<string>());
        return parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
    }

    static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        return access + (method.IsStatic ? (method.IsAbstract ? "static abstract " : "static ")
            : method.DeclaringType!.IsInterface ? ""
            : method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? "virtual "
            : "");
    }

    static string Reference(Type type, ICustomAttributeProvider place)
        => !type.IsByRef ? "" : place.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "ref readonly " : "ref ";

    static string Literal(object? value, Type? type = null) => value switch
    {
        null => type is { IsValueType: true } && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool yes => yes ? "true" : "false",
        _ when type is { IsEnum: true } => $"{type.Name}.{Enum.ToObject(type, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    static MethodInfo[] Accessors(PropertyInfo property) => property.GetAccessors(nonPublic: true);

    static bool IsOpen(MethodBase method) => IsOpen(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly);

    static bool IsOpen(bool isPublic, bool isProtected) => isPublic || isProtected;

    static bool IsOverride(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
