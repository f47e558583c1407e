namespace Ashlar.House.Tests.Planted.Low;

static class UsesInBody
{
    public static bool Read(object value) => value.Equals(new High.Roof());
}
