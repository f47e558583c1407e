namespace Ashlar.Server.Tests;

public sealed class StudioOptionsTests
{
    [Fact]
    public void The_studio_is_of_this_machine_only_unless_asked() => Assert.Equal("127.0.0.1", new StudioOptions(".ashlar").Address);
}
