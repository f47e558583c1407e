namespace Ashlar.Bench;

/// <summary>A line of the table before it is measured.</summary>
interface IRow
{
    string Name { get; }

    string Size { get; }

    Target Target { get; }
}
