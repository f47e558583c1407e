using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class ContainerLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("sequential", () => new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2)), Of(3, 4)) { Wrong = null },
        new("module list", () => new ModuleList<Linear>(new Linear(4, 3), new Linear(3, 2)), Of(3, 4)) { Apply = (module, x) => [((ModuleList<Linear>)module).Aggregate(x[0], (y, layer) => layer.Forward(y))], Wrong = null },
        new("module dict", () => Named(), Of(3, 4)) { Apply = (module, x) => [((ModuleDict<Linear>)module)["first"].Forward(x[0])], Wrong = null },
    ];

    static ModuleDict<Linear> Named()
    {
        var modules = new ModuleDict<Linear>();
        modules.Add("first", new Linear(4, 3));
        return modules;
    }
}
