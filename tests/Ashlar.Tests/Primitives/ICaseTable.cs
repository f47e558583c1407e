namespace Ashlar.Tests.Primitives;

/// <summary>Examples of primitives of one family. Every class of this kind is part of the table.</summary>
interface ICaseTable
{
    IEnumerable<PrimitiveCase> Rows { get; }
}
