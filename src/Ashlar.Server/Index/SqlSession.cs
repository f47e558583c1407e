using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>A connection with its statements prepared once. For one thread at a time.</summary>
sealed class SqlSession : IDisposable
{
    readonly SqliteConnection _connection;
    readonly Dictionary<string, SqliteCommand> _commands = [];

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
