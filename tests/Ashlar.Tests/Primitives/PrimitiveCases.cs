namespace Ashlar.Tests.Primitives;

/// <summary>The table: at least one row for each primitive that has operands.</summary>
public static class PrimitiveCases
{
    public static IReadOnlyList<PrimitiveCase> All { get; } =
    [
        .. typeof(ICaseTable).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ICaseTable)))
            .OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(type => ((ICaseTable)Activator.CreateInstance(type)!).Rows),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static TheoryData<string> Differentiable => [.. All.Where(row => row.Differentiable.Length > 0).Select(row => row.Name)];

    public static PrimitiveCase Named(string name) => All.Single(row => row.Name == name);
}
