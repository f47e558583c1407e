namespace Ashlar.House.Tests.Planted.Low;

abstract class UsesAsArgument
{
    public abstract void Take(in ReadOnlyMemory<High.Roof> roofs);
}
