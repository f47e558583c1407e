using Ashlar.Lab.Tests;

/// <summary>What the runtime calls before a program that is started with <c>DOTNET_STARTUP_HOOKS</c>: does what <see cref="Child"/> was asked for in place of the program. The runtime wants this name, outside of any namespace.</summary>
static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Child.WorkVariable) is { } work)
        {
            Child.Do(work, Environment.GetEnvironmentVariable(Child.FolderVariable)!);
            Environment.Exit(0);
        }
    }
}
