namespace Ashlar.Cpu.Contraction;

/// <summary>Rows of a tile, registers of its columns, or how often it packs them, as a type: the tile kernels are compiled for each.</summary>
interface ITileExtent
{
    static abstract int Count { get; }
}

/// <summary>0.</summary>
readonly struct Zero : ITileExtent
{
    public static int Count => 0;
}

/// <summary>1.</summary>
readonly struct One : ITileExtent
{
    public static int Count => 1;
}

/// <summary>2.</summary>
readonly struct Two : ITileExtent
{
    public static int Count => 2;
}

/// <summary>3.</summary>
readonly struct Three : ITileExtent
{
    public static int Count => 3;
}

/// <summary>4.</summary>
readonly struct Four : ITileExtent
{
    public static int Count => 4;
}

/// <summary>5.</summary>
readonly struct Five : ITileExtent
{
    public static int Count => 5;
}

/// <summary>6.</summary>
readonly struct Six : ITileExtent
{
    public static int Count => 6;
}

/// <summary>7.</summary>
readonly struct Seven : ITileExtent
{
    public static int Count => 7;
}

/// <summary>8.</summary>
readonly struct Eight : ITileExtent
{
    public static int Count => 8;
}

/// <summary>9.</summary>
readonly struct Nine : ITileExtent
{
    public static int Count => 9;
}

/// <summary>10.</summary>
readonly struct Ten : ITileExtent
{
    public static int Count => 10;
}

/// <summary>11.</summary>
readonly struct Eleven : ITileExtent
{
    public static int Count => 11;
}

/// <summary>12.</summary>
readonly struct Twelve : ITileExtent
{
    public static int Count => 12;
}

/// <summary>13.</summary>
readonly struct Thirteen : ITileExtent
{
    public static int Count => 13;
}

/// <summary>14.</summary>
readonly struct Fourteen : ITileExtent
{
    public static int Count => 14;
}

/// <summary>16.</summary>
readonly struct Sixteen : ITileExtent
{
    public static int Count => 16;
}
