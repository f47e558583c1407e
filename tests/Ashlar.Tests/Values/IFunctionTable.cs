namespace Ashlar.Tests.Values;

/// <summary>Functions of one family. Every class of this kind is part of the table.</summary>
interface IFunctionTable
{
    IEnumerable<FunctionRow> Rows { get; }
}
