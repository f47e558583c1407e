using System.Text;

namespace Ashlar.Lab;

/// <summary>Passes on what is written to a console stream and keeps each whole line in the log. Of a line that is written over itself, as progress bars do, the last state is kept.</summary>
sealed class ConsoleTee(TextWriter inner, LogFile log, string stream) : TextWriter
{
    const int LongestLine = 1 << 16;

    readonly StringBuilder _line = new();
    bool _returned;

    public TextWriter Inner { get; } = inner;

    public override Encoding Encoding => Inner.Encoding;

    /// <summary>Lets the console's two streams pass through the log until the result is disposed.</summary>
    public static IDisposable Begin(LogFile log) => new Scope(log);

    public override void Write(char value)
    {
        Inner.Write(value);
        Keep([value]);
    }

    public override void Write(string? value)
    {
        Inner.Write(value);
        Keep(value);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Inner.Write(buffer);
        Keep(buffer);
    }

    public override void WriteLine(string? value)
    {
        Inner.WriteLine(value);
        Keep(value);
        Keep("\n");
    }

    public override void Flush() => Inner.Flush();

    void Keep(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (letter == '\n' || _line.Length >= LongestLine)
            {
                End();
            }
            else if (letter == '\r')
            {
                _returned = true;
                continue;
            }
            else if (_returned)
            {
                _line.Clear();
            }

            _returned = false;
            if (letter != '\n')
            {
                _line.Append(letter);
            }
        }
    }

    void End()
    {
        log.Add(stream, _line.ToString());
        _line.Clear();
    }

    void Finish()
    {
        if (_line.Length > 0)
        {
            End();
        }
    }

    sealed class Scope : IDisposable
    {
        readonly TextWriter _outBefore = Console.Out;
        readonly TextWriter _errorBefore = Console.Error;
        readonly ConsoleTee _out;
        readonly ConsoleTee _error;
        readonly TextWriter _outSet;
        readonly TextWriter _errorSet;

        public Scope(LogFile log)
        {
            (_out, _error) = (new ConsoleTee(_outBefore, log, "out"), new ConsoleTee(_errorBefore, log, "err"));
            Console.SetOut(_out);
            Console.SetError(_error);
            (_outSet, _errorSet) = (Console.Out, Console.Error);
        }

        // What somebody else has put in place meanwhile stays.
        public void Dispose()
        {
            if (ReferenceEquals(Console.Out, _outSet))
            {
                Console.SetOut(_outBefore);
            }

            if (ReferenceEquals(Console.Error, _errorSet))
            {
                Console.SetError(_errorBefore);
            }

            _out.Finish();
            _error.Finish();
        }
    }
}
