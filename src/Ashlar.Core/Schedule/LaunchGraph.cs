using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>Which launch must run before which, kept while launches become one.</summary>
sealed class LaunchGraph(Launches launches, Dictionary<Node, View> views, HashSet<Node> roots)
{
    readonly Dictionary<Group, HashSet<Group>> _needs = LaunchOrder.Needs(launches, views, roots);

    /// <summary>Whether a launch reads what another gives.</summary>
    public bool Needs(Group group, Group needed) => _needs[group].Contains(needed);

    /// <summary>Whether nothing that one of the launches gives comes back to another by way of one that is not among them.</summary>
    public bool AreFreeOfOthers(HashSet<Group> members)
    {
        var seen = new HashSet<Group>(members);
        var pending = new Stack<Group>(members.SelectMany(member => _needs[member]).Where(seen.Add));
        while (pending.TryPop(out Group? group))
        {
            foreach (Group needed in _needs[group])
            {
                if (members.Contains(needed))
                {
                    return false;
                }

                if (seen.Add(needed))
                {
                    pending.Push(needed);
                }
            }
        }

        return true;
    }

    /// <summary>Puts one launch, which may be one of them, in the place of several.</summary>
    public void Join(HashSet<Group> members, Group joined)
    {
        HashSet<Group> all = [.. members.SelectMany(member => _needs[member]).Where(needed => !members.Contains(needed))];
        foreach (HashSet<Group> needs in _needs.Values)
        {
            if (needs.Overlaps(members))
            {
                needs.ExceptWith(members);
                needs.Add(joined);
            }
        }

        _needs[joined] = all;
    }

    /// <summary>The launches as they were numbered, but for what must wait for a joined one; numbered anew.</summary>
    public List<Group> Ordered(List<Group> groups)
    {
        var order = new List<Group>();
        var done = new HashSet<Group>();
        foreach (Group group in groups)
        {
            Place(group);
        }

        for (int i = 0; i < order.Count; i++)
        {
            order[i].Number = i;
        }

        return order;

        void Place(Group group)
        {
            if (!done.Add(group))
            {
                return;
            }

            foreach (Group needed in _needs[group].OrderBy(needed => needed.Number))
            {
                Place(needed);
            }

            order.Add(group);
        }
    }
}
