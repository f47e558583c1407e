namespace Ashlar.Server.Index;

/// <summary>How the index follows event files: those of running runs all the time, those of the others once, and any when it is asked for.</summary>
sealed partial class RunIndex
{
    readonly Lock[] _following = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];
    readonly SortedSet<string> _unread = new(StringComparer.Ordinal);
    readonly EventFollower _follower;

    /// <summary>Takes over what has been added to a run's event files. Where another process keeps the index, that one does it by itself.</summary>
    public void Follow(RunRow run) => Follow(run.Number, run.Place);

    /// <summary>Takes over what running runs have added, and some runs that were never read, the newest first.</summary>
    /// <param name="patience">How long to go on with the latter.</param>
    /// <returns>Whether there are more of them.</returns>
    public bool FollowAll(TimeSpan patience)
    {
        if (!IsWriter)
        {
            return false;
        }

        foreach (Seen run in Locked(() => _seen.Values.Where(run => run.State == "running" || run.Place.IsForeign).ToList()))
        {
            Follow(run.Number, run.Place);
        }

        long begin = _clock.GetTimestamp();
        while (Locked(NextUnread) is { } run)
        {
            Follow(run.Number, run.Place);
            if (_clock.GetElapsedTime(begin) > patience)
            {
                return true;
            }
        }

        return false;
    }

    Seen? NextUnread()
    {
        while (_unread.Max is { } id)
        {
            if (_unread.Remove(id) && _seen.TryGetValue(id, out Seen? run))
            {
                return run;
            }
        }

        return null;
    }

    void Follow(long number, RunPlace place)
    {
        if (!IsWriter)
        {
            return;
        }

        try
        {
            bool any;
            lock (_following[number % _following.Length])
            {
                any = _follower.Follow(number, place);
            }

            if (any)
            {
                Changed?.Invoke(new RunChange(place.Id, "points"));
            }
        }
        catch (Exception e) when (IndexDatabase.IsDamage(e))
        {
            Rebuild(e.Message);
            if (_database.Read(session => RunRow.Find(session, place.Id)) is { } again)
            {
                lock (_following[again.Number % _following.Length])
                {
                    _follower.Follow(again.Number, again.Place);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Of files that come and go; the next time finds them as they are then.
            _log($"run {place.Id}: {e.Message}");
        }
    }

    T Locked<T>(Func<T> function)
    {
        lock (_looking)
        {
            return function();
        }
    }
}
