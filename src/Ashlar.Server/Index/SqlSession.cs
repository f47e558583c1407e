using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>A connection with its statements prepared once. For one thread at a time.</summary>
sealed class SqlSession : IDisposable
{
    // A run may have ten thousand names; all of them are looked up again and again while it is followed.
    const int MostNames = 20_000;

    readonly SqliteConnection _connection;
    readonly Dictionary<string, SqliteCommand> _commands = [];
    readonly Dictionary<string, long> _names = [];

    public SqlSession(string path, SqliteOpenMode mode)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        _connection.Open();
    }

    /// <summary>Carries out a statement.</summary>
    /// <param name="text">With <c>$1</c>, <c>$2</c>, … for the values.</param>
    /// <param name="values">Texts, numbers, bytes or null.</param>
    public int Run(string text, params ReadOnlySpan<object?> values) => Bind(text, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string text, params ReadOnlySpan<object?> values) => Bind(text, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>The rows. One reader of a text at a time.</summary>
    public SqliteDataReader Read(string text, params ReadOnlySpan<object?> values) => Bind(text, values).ExecuteReader();

    /// <summary>The number of a name in the index, given when it is first seen.</summary>
    public long NumberOfName(string name)
    {
        if (_names.TryGetValue(name, out long number))
        {
            return number;
        }

        number = Scalar("SELECT number FROM names WHERE name = $1", name) as long? ?? (long)Scalar("INSERT INTO names(name) VALUES ($1) RETURNING number", name)!;
        if (_names.Count == MostNames)
        {
            _names.Clear();
        }

        _names.Add(name, number);
        return number;
    }

    /// <summary>Forgets what a transaction that was undone has given.</summary>
    public void Forget() => _names.Clear();

    /// <summary>Carries out statements that are used once.</summary>
    public void Script(string text)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    SqliteCommand Bind(string text, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(text, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = text;
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            }

            _commands.Add(text, command);
        }

        for (int i = 0; i < values.Length; i++)
        {
            // A NaN would become NULL: it is kept as a text, which an index of numbers allows.
            command.Parameters[i].Value = values[i] switch { null => DBNull.Value, double.NaN => "nan", { } value => value };
        }

        return command;
    }
}
