namespace Ashlar.Server.Index;

sealed partial class RunIndex
{
    /// <summary>Takes over what has been added to a run's event files.</summary>
    public void Follow(RunRow run)
    {
    }
}
