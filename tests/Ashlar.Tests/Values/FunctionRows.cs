namespace Ashlar.Tests.Values;

/// <summary>The table of functions of tensors.</summary>
public static class FunctionRows
{
    public static IReadOnlyList<FunctionRow> All { get; } =
    [
        .. typeof(IFunctionTable).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IFunctionTable)))
            .OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(type => ((IFunctionTable)Activator.CreateInstance(type)!).Rows),
    ];

    public static TheoryData<string> Recorded => [.. All.Where(row => row.Holder is null).Select(row => row.Name)];

    public static TheoryData<string> Differentiable => [.. All.Where(row => row.Differentiable).Select(row => row.Name)];

    public static TheoryData<string> Mapped => [.. All.Where(row => row.WithoutVmap is null && row.Operands.Length > 0).Select(row => row.Name)];

    public static FunctionRow Named(string name) => All.Single(row => row.Name == name);
}
