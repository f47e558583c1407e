namespace Ashlar.Learn.Tests.Nn.Layers;

/// <summary>Examples of layers of one family. Every class of this kind is part of the table.</summary>
interface ILayerCases
{
    IEnumerable<LayerCase> Rows { get; }
}
