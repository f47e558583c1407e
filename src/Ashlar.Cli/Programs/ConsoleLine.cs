using System.Text;

namespace Ashlar.Cli.Programs;

/// <summary>Gathers bytes of a console into lines. Of a line that is written over itself, as progress bars do, the last state is kept.</summary>
/// <param name="end">Takes each line without its end.</param>
sealed class ConsoleLine(Action<string> end)
{
    const int Longest = 1 << 16;

    readonly List<byte> _line = [];
    bool _returned;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value == '\n' || _line.Count >= Longest)
            {
                End();
            }
            else if (value == '\r')
            {
                _returned = true;
                continue;
            }
            else if (_returned)
            {
                _line.Clear();
            }

            _returned = false;
            if (value != '\n')
            {
                _line.Add(value);
            }
        }
    }

    /// <summary>Ends a line that has no end.</summary>
    public void Finish()
    {
        if (_line.Count > 0)
        {
            End();
        }
    }

    void End()
    {
        end(Encoding.UTF8.GetString([.. _line]));
        _line.Clear();
    }
}
