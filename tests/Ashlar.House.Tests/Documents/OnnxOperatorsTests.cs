using System.Globalization;
using System.Text;
using Ashlar.Onnx;

namespace Ashlar.House.Tests.Documents;

public sealed class OnnxOperatorsTests
{
    [Fact]
    public void The_table_of_operators_says_what_the_registry_holds()
    {
        var text = new StringBuilder("# Operators of ONNX\n\nGenerated from the registry. A row serves all versions of its operator set from the first one named; further numbers begin another form.\n");
        foreach (var family in OnnxModel.SupportedOperators.GroupBy(entry => entry.Family))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(family.Key[0])}{family.Key[1..]}\n\n| operator | domain | since |\n|---|---|---|\n");
            foreach ((_, string domain, string name, IReadOnlyList<int> since) in family)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {domain} | {string.Join(", ", since)} |\n");
            }
        }

        Golden.Match("docs/onnx-operators.md", text.ToString());
    }
}
