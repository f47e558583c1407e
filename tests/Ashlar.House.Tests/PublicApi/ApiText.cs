using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ashlar.House.Tests.PublicApi;

/// <summary>All that users of an assembly can name: a heading for each type, a line for each member, in ordinal order.</summary>
static class ApiText
{
    const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    public static string Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (Type type in types.Where(IsNamed).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append($"{Heading(type)}\n");
            foreach (string line in Members(type))
            {
                text.Append($"    {line}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Types with a name that users can write; extension blocks leave others behind.</summary>
    public static bool IsNamed(Type type) => !type.FullName!.Contains('<') && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    static IEnumerable<string> Members(Type type)
        => IsDelegate(type)
            ? []
            : type.IsEnum
                ? type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => MemberText.Of(field)!)
                : type.GetMembers(Own).Select(MemberText.Of).OfType<string>().Order(StringComparer.Ordinal);

    static string Heading(Type type)
    {
        if (IsDelegate(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeName.Of(invoke.ReturnParameter)} {FullName(type)}({MemberText.Parameters(invoke.GetParameters())}){MemberText.Constraints(type)}";
        }

        string[] above = [.. Above(type).Select(used => TypeName.Of(used)).Order(StringComparer.Ordinal)];
        return $"{Kind(type)} {FullName(type)}{(above.Length == 0 ? "" : $" : {string.Join(", ", above)}")}{MemberText.Constraints(type)}";
    }

    // Interfaces that the base or another interface brings along are left out.
    static IEnumerable<Type> Above(Type type)
    {
        Type[] all = type.IsEnum ? [] : [.. type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])];
        IEnumerable<Type> interfaces = all.Where(one => one.IsVisible && !all.Any(other => other.GetInterfaces().Contains(one)));
        bool hasBase = type.BaseType is { } above && above != typeof(object) && above != typeof(ValueType) && above != typeof(Enum);
        Type[] underlying = type.IsEnum && Enum.GetUnderlyingType(type) != typeof(int) ? [Enum.GetUnderlyingType(type)] : [];
        return hasBase ? interfaces.Prepend(type.BaseType!) : interfaces.Concat(underlying);
    }

    static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    static string FullName(Type type) => $"{type.Namespace}.{TypeName.Of(type)}";

    static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(MulticastDelegate));
}
