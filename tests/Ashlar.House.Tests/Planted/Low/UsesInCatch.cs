namespace Ashlar.House.Tests.Planted.Low;

static class UsesInCatch
{
    public static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (High.Roof)
        {
            return false;
        }
    }
}
