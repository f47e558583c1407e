using Ashlar.Schedule;
using Ashlar.Tests.Schedule;
using FsCheck.Fluent;

namespace Ashlar.Tests.Law;

/// <summary>Any graph has one meaning, fused or not, in float or integer, on any number of threads.</summary>
public sealed class GraphLawTests
{
    [Fact]
    public void Random_graphs_of_many_dtypes_have_the_bits_of_the_reference()
    {
        var config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(new FsCheck.Replay(new FsCheck.Rnd(7, 13), null)).WithEndSize(60);
        FsCheck.Check.One(config, Prop.ForAll(FsCheck.FSharp.ArbMap.defaults.ArbFor<int[]>(), codes => Executions.Agree(options => Run(codes, options), "graph")));
    }

    [Fact]
    public void A_program_of_numbers_records_long_graphs()
    {
        Tensor result = GraphProgram.Record(Enumerable.Range(0, 60));
        Assert.True(Ashlar.Ir.GraphWalk.PostOrder([result.Node], _ => true).Count > 10);
    }

    static string Run(int[] codes, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        try
        {
            return Bits.Hash(GraphProgram.Record(codes));
        }
        catch (DTypeException error)
        {
            return error.Message;
        }
    }
}
