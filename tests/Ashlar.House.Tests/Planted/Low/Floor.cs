namespace Ashlar.House.Tests.Planted.Low;

sealed class Floor;
