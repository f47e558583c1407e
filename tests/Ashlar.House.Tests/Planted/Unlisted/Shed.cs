namespace Ashlar.House.Tests.Planted.Unlisted;

static class Shed;
