using System.Runtime.CompilerServices;
using Ashlar;

/// <summary>What the runtime calls before a program that is started with <c>DOTNET_STARTUP_HOOKS</c>: uses the core first of all. The runtime wants this name, outside of any namespace.</summary>
static class StartupHook
{
    public static void Initialize() => RuntimeHelpers.RunModuleConstructor(typeof(DType).Module.ModuleHandle);
}
