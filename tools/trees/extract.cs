#:package Microsoft.CodeAnalysis.CSharp@4.14.0
#:property ManagePackageVersionsCentrally=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
#:property PublishAot=false

// Writes the syntax trees of this repository's own methods for samples/tree-lstm.cs. Run at the root:
//   dotnet run tools/trees/extract.cs > samples/data/trees/methods.txt
// First line: the kinds of nodes. Then a line for each method: the kind of its return type, and its body in preorder as kind:children.
// Names, literals and the return type itself are left out. Trees that occur twice are taken once, in the order of the files' names.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

const int LeastNodes = 6, MostNodes = 80, MostDepth = 14;
string[] files = [.. Directory.GetFiles("src", "*.cs", SearchOption.AllDirectories).Select(file => file.Replace('\\', '/')).Order(StringComparer.Ordinal)];
var kinds = new List<string>();
var seen = new HashSet<string>(StringComparer.Ordinal);
var lines = new List<string>();
foreach (string file in files)
{
    foreach (MethodDeclarationSyntax method in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
    {
        SyntaxNode? body = (SyntaxNode?)method.Body ?? method.ExpressionBody;
        if (body is null || Size(body) is < LeastNodes or > MostNodes || Depth(body) > MostDepth)
        {
            continue;
        }

        var text = new List<string>();
        Write(body, text);
        string tree = string.Join(' ', text);
        if (seen.Add(tree))
        {
            lines.Add($"{Class(method.ReturnType.ToString())} {tree}");
        }
    }
}

Console.WriteLine(string.Join(' ', kinds));
lines.ForEach(Console.WriteLine);

static int Size(SyntaxNode node) => 1 + node.ChildNodes().Sum(Size);

static int Depth(SyntaxNode node) => 1 + node.ChildNodes().Select(Depth).DefaultIfEmpty().Max();

static string Class(string type) => type switch
{
    "void" => "void",
    "bool" => "bool",
    "int" or "long" or "uint" or "ulong" or "float" or "double" or "nint" or "byte" => "number",
    "string" => "string",
    "Tensor" or "Node" or "Scalar" => "tensor",
    _ => type.Contains('[') || type.StartsWith('I') || type.StartsWith("List") ? "many" : "other",
};

void Write(SyntaxNode node, List<string> text)
{
    string kind = node.Kind().ToString();
    int index = kinds.IndexOf(kind);
    if (index < 0)
    {
        index = kinds.Count;
        kinds.Add(kind);
    }

    SyntaxNode[] children = [.. node.ChildNodes()];
    text.Add(children.Length == 0 ? $"{index}" : $"{index}:{children.Length}");
    foreach (SyntaxNode child in children)
    {
        Write(child, text);
    }
}
