namespace Ashlar.Cli;

/// <summary>The command line asks for what there is not.</summary>
/// <param name="message">where: what. remedy</param>
sealed class UsageException(string message) : Exception(message);
