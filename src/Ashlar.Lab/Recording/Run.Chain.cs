using System.Security.Cryptography;
using System.Text;
using Ashlar.Training;

namespace Ashlar.Lab;

/// <content>The hash chain.</content>
public sealed partial class Run
{
    ChainLink? _ownLink;

    /// <summary>Writes a link of the hash chain, for a loop of one's own; a <see cref="Trainer"/> has <see cref="Chain"/>.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="checkpoint">Everything that decides the next bit.</param>
    /// <exception cref="InvalidOperationException">Gradients wait for a step.</exception>
    public void LogChain(long step, TrainingCheckpoint checkpoint)
    {
        if (IsRecording)
        {
            _ownLink = LogChain(step, checkpoint.Hashes(), _ownLink?.Step < step ? _ownLink : ChainSoFar().LastOrDefault(link => link.Step < step));
        }
    }

    /// <summary>Keeps a link for hashes of parts; model, optimizer and loader have fields of their own, the rest is one hash.</summary>
    internal ChainLink? LogChain(long step, IReadOnlyDictionary<string, string> hashes, ChainLink? previous)
    {
        if (_recorder is not { IsFinished: false } recorder)
        {
            return previous;
        }

        string rest = string.Concat(hashes.Where(part => part.Key is not ("model" or "optimizer" or "loader")).OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key} {part.Value}\n"));
        ChainLink link = ChainLink.After(previous, step, hashes["model"], hashes["optimizer"], hashes.GetValueOrDefault("loader", ""), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rest))));
        recorder.Later(() => recorder.Folder.Append(link));
        return link;
    }

    internal IEnumerable<ChainLink> ChainSoFar() => _folder is null ? [] : new RunRecord(_folder.Path).Chain;
}
