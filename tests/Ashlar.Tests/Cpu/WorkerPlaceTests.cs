using System.Globalization;
using System.Runtime.InteropServices;
using Ashlar.Cpu;

namespace Ashlar.Tests.Cpu;

/// <summary>Where a worker may run while it sleeps, and that it may run anywhere afterwards.</summary>
public sealed partial class WorkerPlaceTests
{
    // One thread in the place of a worker: what the system says of it stands in its own status file.
    static void OnAWorker(Action<WorkerPlace, int[]> test)
    {
        if (!OperatingSystem.IsLinux())
        {
            // Nothing is known of processors, and nothing is done.
            var nowhere = new WorkerPlace();
            nowhere.FallAsleep(WorkerPlace.Current);
            nowhere.KeepOff(WorkerPlace.Current);
            nowhere.WakeUp();
            nowhere.RunAnywhere();
            Assert.Equal(-1, WorkerPlace.Current);
            return;
        }

        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                test(new WorkerPlace(), Allowed());
            }
            catch (Exception e)
            {
                fault = e;
            }
        });
        thread.Start();
        thread.Join();
        if (fault is not null)
        {
            throw new InvalidOperationException(fault.Message, fault);
        }
    }

    static int[] Allowed()
    {
        const string key = "Cpus_allowed_list:";
        string list = File.ReadLines("/proc/thread-self/status").First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..];
        return [.. list.Split(',').SelectMany(range =>
        {
            int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        })];
    }

    [Fact]
    public void A_worker_sleeps_off_the_processor_of_its_last_caller() => OnAWorker((place, all) =>
    {
        foreach (int caller in all)
        {
            place.FallAsleep(caller);
            Assert.Equal(all.Length == 1 ? all : [.. all.Except([caller])], Allowed());
            place.WakeUp();
            place.RunAnywhere();
            Assert.Equal(all, Allowed());
        }
    });

    [Fact]
    public void Who_wakes_it_from_elsewhere_keeps_it_off_that_processor() => OnAWorker((place, all) =>
    {
        place.FallAsleep(all[0]);
        place.KeepOff(all[^1]);
        Assert.Equal(all.Length == 1 ? all : [.. all.Except([all[^1]])], Allowed());
        place.WakeUp();
        place.KeepOff(all[0]);
        Assert.Equal(all.Length == 1 ? all : [.. all.Except([all[^1]])], Allowed());
        place.RunAnywhere();
        Assert.Equal(all, Allowed());
    });

    [Fact]
    public void Where_someone_else_put_it_meanwhile_it_stays() => OnAWorker((place, all) =>
    {
        place.FallAsleep(all[0]);

        // As taskset would, from outside.
        byte[] first = new byte[128];
        first[all[0] / 8] = (byte)(1 << (all[0] % 8));
        Assert.Equal(0, SetAffinity(0, (nuint)first.Length, first));
        place.WakeUp();
        place.RunAnywhere();
        Assert.Equal([all[0]], Allowed());
    });

    [Fact]
    public void Without_a_caller_nothing_changes() => OnAWorker((place, all) =>
    {
        place.FallAsleep(-1);
        Assert.Equal(all, Allowed());
        place.WakeUp();
        place.RunAnywhere();
        Assert.Equal(all, Allowed());
    });

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint bytes, byte[] mask);
}
