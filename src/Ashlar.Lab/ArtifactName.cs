namespace Ashlar.Lab;

/// <summary>Names of artifacts: relative paths that mean the same on every system and lead nowhere else.</summary>
public static class ArtifactName
{
    const int MaxLength = 512;

    // Names that Windows gives to devices, with or without an ending.
    static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })];

    /// <summary>The name, if it is one.</summary>
    /// <param name="name">Parts with <c>/</c> between.</param>
    /// <exception cref="LabException">It is empty or too long, begins at a root or drive, or holds <c>..</c>, control characters, or characters that some system forbids.</exception>
    public static string Check(string name) => Fault(name) is { } fault
        ? throw new LabException($"artifact '{Shown(name)}': {fault}. Give a relative path such as plots/loss.png.")
        : name;

    /// <summary>What is wrong with a name, or null.</summary>
    /// <param name="name">Any text.</param>
    public static string? Fault(string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return name.Length == 0 ? "the name is empty" : $"the name has {name.Length} characters, more than {MaxLength}";
        }

        if (name.Any(char.IsControl))
        {
            return "the name holds a control character";
        }

        if (name.FirstOrDefault(letter => "\\:*?\"<>|".Contains(letter)) is var wrong and not '\0')
        {
            return $"the name holds '{wrong}'";
        }

        foreach (string part in name.Split('/'))
        {
            string? fault = part switch
            {
                "" => name[0] == '/' ? "the name begins at a root" : "a part of the name is empty",
                "." or ".." => $"the name holds a part '{part}'",
                _ when part[^1] is '.' or ' ' => $"the part '{part}' ends in '{part[^1]}'",
                _ when Devices.Contains(part.Split('.')[0], StringComparer.OrdinalIgnoreCase) => $"the part '{part}' is a device on Windows",
                _ => null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    static string Shown(string name) => string.Concat(name.Take(80).Select(letter => char.IsControl(letter) ? '?' : letter));
}
