namespace Ashlar.Server.Index;

/// <summary>What is kept by its place in an event file. The numbers stand in the index.</summary>
enum ItemKind
{
    Image = 0,
    Histogram = 1,
    Text = 2,
    Graph = 3,
}
