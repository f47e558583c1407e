using System.Reflection;
using Ashlar.House.Tests.Architecture;

namespace Ashlar.Tests.Values;

/// <summary>Which public members of <see cref="Tensor"/> a piece of test code calls, read from its instructions: no list to keep by hand.</summary>
static class CalledMembers
{
    const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<MethodInfo> Public { get; } =
        [.. typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)];

    public static IEnumerable<MethodInfo> Of(Type type) =>
        type.GetMethods(Own).SelectMany(Of).Concat(type.GetConstructors(Own).SelectMany(Of)).Concat(type.GetNestedTypes(Own).SelectMany(Of));

    public static IEnumerable<MethodInfo> Of(MethodBase method)
    {
        Type[] ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        foreach (int token in IlTokens.Of(method.GetMethodBody()?.GetILAsByteArray() ?? []))
        {
            if (method.Module.ResolveMember(token, ofType, ofMethod) is MethodInfo called && called.DeclaringType == typeof(Tensor))
            {
                yield return called.IsGenericMethod ? called.GetGenericMethodDefinition() : called;
            }
        }
    }
}
