using System.Globalization;
using Ashlar.Lab;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>How the index follows the files.</summary>
/// <remarks>
/// Watching by the system's events is unreliable over many folders, so sizes and times are looked at. A change of <c>run.json</c> is a rename, which changes
/// the time of the run's folder: one question to the system tells whether anything of a finished run was touched. Only running runs are looked at closer.
/// </remarks>
sealed partial class RunIndex
{
    // Runs of one transaction: so many that a start on ten thousand is quick, so few that readers see it grow.
    const int RunsAtOnce = 200;

    static readonly TimeSpan Coarse = TimeSpan.FromMilliseconds(50);

    readonly Dictionary<string, Seen> _seen = [];

    /// <summary>Looks at all runs once and takes over what has changed.</summary>
    public void Look()
    {
        lock (_looking)
        {
            if (!_database.IsWriter)
            {
                if (!_lock.TryTake())
                {
                    _looked = _clock.GetTimestamp();
                    return;
                }

                _database.BecomeWriter();
            }

            try
            {
                LookOnce();
            }
            catch (Exception e) when (IndexDatabase.IsDamage(e))
            {
                _log($"the index is made anew: {e.Message}");
                _database.Replace();
                _seen.Clear();
                LookOnce();
            }
            catch
            {
                // What was undone is not in the index; the next look begins with what is.
                _seen.Clear();
                throw;
            }

            _looked = _clock.GetTimestamp();
        }
    }

    void LookOnce()
    {
        if (_seen.Count == 0)
        {
            Remember();
        }

        var present = new HashSet<string>();
        var pending = new List<RunPlace>();
        foreach (RunPlace place in Folders.All())
        {
            present.Add(place.Id);
            if (!_seen.TryGetValue(place.Id, out Seen? seen) || seen.Place != place || seen.Stamp != StampOf(place) || (seen.State == "running" && IsGone(place)))
            {
                pending.Add(place);
            }
        }

        // The newest first: who asks while ten thousand are read for the first time sees what was trained last.
        pending.Sort((a, b) => string.CompareOrdinal(b.Id, a.Id));
        foreach (RunPlace[] part in pending.Chunk(RunsAtOnce))
        {
            Take(part);
        }

        foreach (string id in _seen.Keys.Where(id => !present.Contains(id)).ToList())
        {
            _database.Write(session =>
            {
                new RunRows(session).Remove(_seen[id].Number);
                return 0;
            });
            _seen.Remove(id);
            Changed?.Invoke(new RunChange(id, "removed"));
        }
    }

    /// <summary>Reads the small files of one run again, at once.</summary>
    public void Renew(string id)
    {
        lock (_looking)
        {
            if (IsWriter)
            {
                Take([new RunPlace(id, Path.Combine(Folders.RunsPath, id), IsForeign: false)]);
            }
        }
    }

    void Take(RunPlace[] places)
    {
        var changes = new List<RunChange>();
        _database.Write(session =>
        {
            foreach (RunPlace place in places)
            {
                Take(session, place, changes);
            }

            return 0;
        });
        changes.ForEach(change => Changed?.Invoke(change));
    }

    void Take(SqlSession session, RunPlace place, List<RunChange> changes)
    {
        // Times of files are coarse: a change right after this reading may leave the time as it is, so what was just written is read once more.
        string stamp = StampOf(place);
        if (!place.IsForeign && _clock.GetUtcNow() - Directory.GetLastWriteTimeUtc(place.Folder) < Coarse)
        {
            stamp += "?";
        }

        RunFacts facts = RunFactsReader.Read(place);
        long number = new RunRows(session).Put(place, facts, stamp);
        Seen? before = _seen.GetValueOrDefault(place.Id);
        See(new Seen(number, stamp, facts.State, place));
        if (before is not null && before.State == facts.State && before.Stamp.TrimEnd('?') == stamp)
        {
            return;
        }

        changes.Add(new RunChange(place.Id, before is null ? "new" : before.State == "running" && facts.State != "running" ? "finished" : "changed"));
    }

    // What an earlier process left in the index need not be read again.
    void Remember() => _database.Read(session =>
    {
        using SqliteDataReader rows = session.Read("SELECT id, folder, \"foreign\", number, stamp, state FROM runs ORDER BY start");
        while (rows.Read())
        {
            See(new Seen(rows.GetInt64(3), rows.GetString(4), rows.GetString(5), new RunPlace(rows.GetString(0), rows.GetString(1), rows.GetBoolean(2))));
        }

        return 0;
    });

    void See(Seen run)
    {
        _seen[run.Place.Id] = run;
        _unread.Add(run.Place.Id);
    }

    static string StampOf(RunPlace place) => place.IsForeign ? "" : Directory.GetLastWriteTimeUtc(place.Folder).Ticks.ToString(CultureInfo.InvariantCulture);

    static bool IsGone(RunPlace place) => !place.IsForeign && new RunRecord(place.Folder).State != RunState.Running;

    sealed record Seen(long Number, string Stamp, string State, RunPlace Place);
}
