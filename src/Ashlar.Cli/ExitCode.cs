namespace Ashlar.Cli;

/// <summary>What the process says at its end.</summary>
static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The command could not do its work.</summary>
    public const int Failed = 1;

    /// <summary>The command line asks for what there is not.</summary>
    public const int Usage = 2;

    /// <summary>What was run again is not what was recorded.</summary>
    public const int Differs = 3;

    /// <summary>Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
