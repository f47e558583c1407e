using Ashlar.Ir;
using Ashlar.Runtime;

namespace Ashlar.Tests.Ir;

public sealed class VariableTests
{
    [Fact]
    public void An_assignment_never_writes_a_block_that_its_plan_reads()
    {
        var variable = new Variable(new Shape(4), DType.Float32, "w", snapshots: true);
        Storage first = Storage.Allocate(16);
        variable.Set(first);
        variable.Commit(variable.Target(inPlace: false, []));

        Assert.Same(first, variable.Target(inPlace: false, []));
        Assert.NotSame(first, variable.Target(inPlace: false, [first]));
    }
}
