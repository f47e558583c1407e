using Ashlar.House.Tests.Planted.Low;

namespace Ashlar.House.Tests.Planted.High;

/// <summary>What the types below must not know.</summary>
sealed class Roof : Exception
{
    public Floor Below { get; } = new();
}
