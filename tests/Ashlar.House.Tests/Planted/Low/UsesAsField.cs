namespace Ashlar.House.Tests.Planted.Low;

static class UsesAsField
{
    public static readonly Dictionary<string, High.Roof[]>? Known = [];
}
