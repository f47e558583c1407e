namespace Ashlar.House.Tests.Planted.Low;

abstract class UsesAsConstraint<T>
    where T : IEnumerable<High.Roof>;
