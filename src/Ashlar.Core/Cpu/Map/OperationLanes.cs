using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>One operand, lanes of one size.</summary>
interface IUnaryLanes<TA, TR>
{
    static abstract Vector128<TR> Apply(Vector128<TA> a);

    static abstract Vector256<TR> Apply(Vector256<TA> a);
}

/// <summary>Two operands.</summary>
interface IBinaryLanes<T>
{
    static abstract Vector128<T> Apply(Vector128<T> a, Vector128<T> b);

    static abstract Vector256<T> Apply(Vector256<T> a, Vector256<T> b);
}

/// <summary>Three operands.</summary>
interface ITernaryLanes<T>
{
    static abstract Vector128<T> Apply(Vector128<T> a, Vector128<T> b, Vector128<T> c);

    static abstract Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c);
}

/// <summary>An operand and a count less than the lane's width.</summary>
interface IShiftLanes<T>
{
    static abstract Vector128<T> Apply(Vector128<T> a, int count);

    static abstract Vector256<T> Apply(Vector256<T> a, int count);
}

/// <summary>Four lanes of 4 bytes to four of 8.</summary>
interface IWidenLanes<TA, TR>
{
    static abstract Vector256<TR> Apply(Vector128<TA> a);
}

/// <summary>Four lanes of 8 bytes to four of 4.</summary>
interface INarrowLanes<TA, TR>
{
    static abstract Vector128<TR> Apply(Vector256<TA> a);
}
