using System.Runtime.InteropServices;

namespace Ashlar;

/// <summary>The structure <c>DLDataType</c> of dlpack.h: kind, bits, and elements of a vector.</summary>
[StructLayout(LayoutKind.Sequential)]
record struct DLDataType(byte Code, byte Bits, ushort Lanes);
