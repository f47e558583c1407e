namespace Ashlar.House.Tests.Planted.Low;

[AttributeUsage(AttributeTargets.Class)]
sealed class MarkAttribute(Type type) : Attribute
{
    public Type Type => type;
}
