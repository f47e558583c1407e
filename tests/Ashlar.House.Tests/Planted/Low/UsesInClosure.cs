namespace Ashlar.House.Tests.Planted.Low;

static class UsesInClosure
{
    public static Func<object> Later(int seed) => () => seed > 0 ? new High.Roof() : seed;
}
