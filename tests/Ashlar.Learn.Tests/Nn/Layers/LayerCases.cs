namespace Ashlar.Learn.Tests.Nn.Layers;

/// <summary>The table: at least one row for each layer.</summary>
static class LayerCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        .. typeof(ILayerCases).Assembly.GetTypes().Where(type => type.IsClass && typeof(ILayerCases).IsAssignableFrom(type)).OrderBy(type => type.Name, StringComparer.Ordinal)
            .SelectMany(type => ((ILayerCases)Activator.CreateInstance(type)!).Rows),
    ];

    public static LayerCase Of(string name) => All.Single(row => row.Name == name);
}
