using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Map;

/// <summary>Whether code may be made while the program runs.</summary>
static class DynamicCode
{
    const string Switch = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";

    /// <summary>False in a program that was compiled ahead of time.</summary>
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    public static bool IsSupported => RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>Turns the switch on where it is off but a compiler is there.</summary>
    /// <remarks>
    /// A file-based program (<c>dotnet run program.cs</c>) declares itself ready for ahead-of-time compilation, which turns the switch off, and then runs on the
    /// just-in-time compiler all the same; interpreted kernels would make it several times slower. The runtime reads the switch once, so this must come before
    /// anybody asks: when the assembly is first used.
    /// </remarks>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The switch is read once for all, so it must be set before any other code.")]
    internal static void Enable()
    {
        bool compiles = JitInfo.GetCompiledMethodCount() > 0;
        if (compiles && AppContext.TryGetSwitch(Switch, out bool isOn) && !isOn)
        {
            AppContext.SetSwitch(Switch, true);
        }
    }
}
