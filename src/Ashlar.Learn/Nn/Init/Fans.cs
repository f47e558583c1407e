namespace Ashlar.Nn.Init;

/// <summary>How many inputs feed an output of a weight, and how many outputs an input feeds.</summary>
/// <param name="In">Inputs of one output.</param>
/// <param name="Out">Outputs of one input.</param>
readonly record struct Fans(int In, int Out)
{
    public static Fans Of(Shape shape, string operation)
    {
        if (shape.Rank < 2)
        {
            throw new ShapeException($"{operation}: {shape} is no weight. Give [outputs, inputs] or [outputs, inputs, window].");
        }

        int window = new Shape(shape.Extents[2..]).Size;
        return new Fans(shape[1] * window, shape[0] * window);
    }
}
