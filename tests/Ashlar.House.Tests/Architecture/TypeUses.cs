using System.Reflection;

namespace Ashlar.House.Tests.Architecture;

/// <summary>Every type that a type mentions: base, interfaces, attributes, fields, signatures, locals and instructions. Constants are copied by the compiler and leave no trace.</summary>
static class TypeUses
{
    const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>The used types, without arrays, pointers and generic arguments around them.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        AddAll(found, type.GetInterfaces());
        AddParameters(found, type.GetGenericArguments());
        AddAttributes(found, type.CustomAttributes);
        foreach (FieldInfo field in type.GetFields(Own))
        {
            Add(found, field.FieldType);
            AddAttributes(found, field.CustomAttributes);
        }

        foreach (PropertyInfo property in type.GetProperties(Own))
        {
            AddAttributes(found, property.CustomAttributes);
        }

        foreach (MethodBase method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            AddAttributes(found, method.CustomAttributes);
            AddSignature(found, method);
            AddBody(found, method);
        }

        return found;
    }

    static void AddBody(HashSet<Type> found, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddAll(found, body.LocalVariables.Select(local => local.LocalType));
        AddAll(found, body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType));
        Type[] typeArguments = method.DeclaringType!.GetGenericArguments();
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        foreach (int token in IlTokens.Of(body.GetILAsByteArray()!))
        {
            AddMember(found, method.Module.ResolveMember(token, typeArguments, methodArguments));
        }
    }

    static void AddMember(HashSet<Type> found, MemberInfo? member)
    {
        Add(found, member as Type ?? member?.DeclaringType);
        switch (member)
        {
            case FieldInfo field:
                Add(found, field.FieldType);
                break;
            case MethodBase method:
                AddSignature(found, method);
                break;
        }
    }

    static void AddSignature(HashSet<Type> found, MethodBase method)
    {
        Add(found, (method as MethodInfo)?.ReturnType);
        AddAll(found, method.GetParameters().Select(parameter => parameter.ParameterType));
        if (method.IsGenericMethod)
        {
            AddParameters(found, method.GetGenericArguments());
        }
    }

    static void AddParameters(HashSet<Type> found, Type[] arguments)
    {
        AddAll(found, arguments);
        AddAll(found, arguments.Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints()));
    }

    static void AddAttributes(HashSet<Type> found, IEnumerable<CustomAttributeData> attributes)
    {
        foreach (CustomAttributeData attribute in attributes)
        {
            Add(found, attribute.AttributeType);
            AddAll(found, attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
                .SelectMany(value => new[] { value.ArgumentType, value.Value as Type }));
        }
    }

    static void AddAll(HashSet<Type> found, IEnumerable<Type?> types)
    {
        foreach (Type? type in types)
        {
            Add(found, type);
        }
    }

    static void Add(HashSet<Type> found, Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(found, type.GetElementType());
        }
        else if (type.IsFunctionPointer)
        {
            Add(found, type.GetFunctionPointerReturnType());
            AddAll(found, type.GetFunctionPointerParameterTypes());
        }
        else if (!type.IsConstructedGenericType)
        {
            found.Add(type);
        }
        else
        {
            found.Add(type.GetGenericTypeDefinition());
            AddAll(found, type.GenericTypeArguments);
        }
    }
}
