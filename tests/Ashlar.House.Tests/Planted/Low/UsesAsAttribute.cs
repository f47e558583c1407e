namespace Ashlar.House.Tests.Planted.Low;

[Mark(typeof(High.Roof))]
static class UsesAsAttribute;
