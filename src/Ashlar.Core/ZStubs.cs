#pragma warning disable
using Ashlar.Scalars;
namespace Ashlar.Functions {
 public static class Pow { public static Scalar Of(Scalar x, Scalar y)=>x; } }
