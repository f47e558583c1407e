namespace Ashlar.Learn.Tests.Training;

/// <summary>A clock that is moved by hand.</summary>
sealed class Clock : TimeProvider
{
    TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public void Advance(TimeSpan time) => _now += time;
}
