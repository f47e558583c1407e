namespace Ashlar.House.Tests.Planted;

/// <summary>One of each kind of member, to be read back as text.</summary>
abstract class Example<T> : IDisposable
    where T : struct, IComparable<T>
{
    public const string Greeting = "hello";

    internal const int Hidden = 1;

    protected Example(double rate = 0.5) => Rate = rate;

    public event EventHandler? Changed;

    public Dictionary<string, object?>? Table { get; init; }

    double Rate { get; }

    public int this[int axis] => axis;

    public static Example<T> operator +(Example<T> a, Example<T> b) => a.Rate > b.Rate ? a : b;

    public static void Print(params ReadOnlySpan<int> extents) => Console.WriteLine(extents.Length);

    public abstract T? Find(in ReadOnlySpan<T> from, out int at, string? name = null, DayOfWeek day = DayOfWeek.Monday);

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    public override string ToString() => "example";

    protected virtual void Close() => Changed?.Invoke(this, EventArgs.Empty);
}
