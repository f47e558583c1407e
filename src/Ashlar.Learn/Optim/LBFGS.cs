using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <summary>Quasi-Newton steps from the last differences of gradients, for losses of all data at once: few parameters, no chance between evaluations.</summary>
/// <remarks>
/// Direction: the two-loop recursion over the last differences s of parameters and y of gradients with s · y > 10⁻¹⁰, from γ = s · y / y · y times the identity.
/// <see cref="Step(Func{Tensor})"/> takes several iterations, each with a line search for the strong Wolfe conditions; <see cref="Optimizer.Step(Tensor)"/> takes
/// one iteration of fixed length without a search. The first iteration is at most as long as the learning rate in the sum norm.
/// Liu, Nocedal 1989, "On the limited memory BFGS method for large scale optimization". All parameters have one rate; there is no weight decay.
/// </remarks>
public sealed class LBFGS : Optimizer
{
    const double LeastProduct = 1e-10;

    readonly int _maxIterations;
    readonly double _gradientTolerance;
    readonly double _changeTolerance;
    readonly int _history;
    readonly int _size;
    readonly DType _type;
    readonly Variable _s;
    readonly Variable _y;
    readonly Variable _inverses;
    readonly Variable _gamma;
    readonly Variable _lastGradient;
    readonly Variable _lastStep;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Length of the first trial of each search, ≥ 0.</param>
    /// <param name="maxIterations">Iterations of one <see cref="Step(Func{Tensor})"/>, ≥ 1.</param>
    /// <param name="gradientTolerance">A largest element of the gradient up to which nothing is done.</param>
    /// <param name="changeTolerance">A change of loss or parameters below which the step ends.</param>
    /// <param name="history">Differences that are kept, ≥ 1; memory is twice as many times the parameters.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public LBFGS(IReadOnlyList<Parameter> parameters, double learningRate = 1, int maxIterations = 20, double gradientTolerance = 1e-7, double changeTolerance = 1e-9, int history = 10)
        : base(parameters, learningRate)
    {
        if (maxIterations < 1 || history < 1)
        {
            throw new ArgumentOutOfRangeException(maxIterations < 1 ? nameof(maxIterations) : nameof(history), $"LBFGS: {maxIterations} iterations and a history of {history} must be 1 or more. The usual ones are 20 and 10.");
        }

        (_maxIterations, _gradientTolerance, _changeTolerance, _history) = (maxIterations, gradientTolerance, changeTolerance, history);
        _size = parameters.Sum(parameter => parameter.Shape.Size);
        _type = parameters.Select(parameter => parameter.DType).Aggregate(DTypeFacts.Promote);
        _s = StateOf("parameter_differences", new Shape(history, _size), _type);
        _y = StateOf("gradient_differences", new Shape(history, _size), _type);
        _inverses = StateOf("inverse_products", new Shape(history), _type);
        _gamma = StateOf("gamma", new Shape(), _type);
        _lastGradient = StateOf("last_gradient", new Shape(_size), _type);
        _lastStep = StateOf("last_step", new Shape(_size), _type);
    }

    /// <summary>Takes iterations until one of the tolerances or the largest number of them is reached.</summary>
    /// <param name="closure">Computes the loss [] from the present parameters and the same data.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="InvalidOperationException">No gradient leads to a parameter.</exception>
    public override Tensor Step(Func<Tensor> closure)
    {
        (Tensor first, StrongWolfe.Point point) = Evaluate(closure, 0, null);
        bool isFirst = Steps == 0;
        for (int i = 0; i < _maxIterations && Largest(point.Gradient) > _gradientTolerance; i++)
        {
            (Tensor direction, double slope) = Direct(point.Gradient, isFirst);
            if (!(slope <= -_changeTolerance))
            {
                break;
            }

            Tensor origin = Flat(Parameters.Select(parameter => parameter.Master)).StopGradient();
            Tensor.Eval(origin);
            double rate = isFirst ? Math.Min(1, 1 / Number(point.Gradient.Abs().Sum())) * LearningRate : LearningRate;
            double reach = Largest(direction);
            StrongWolfe.Point next = StrongWolfe.Search(point with { Step = 0, Slope = slope }, rate, reach, _changeTolerance, step =>
            {
                Move(origin, direction, step);
                return Evaluate(closure, step, direction).Point;
            });
            Move(origin, direction, next.Step);
            Evaluator.Assign([], [new Assignment(_lastStep, (direction * Scalar(next.Step)).Node)]);
            double change = Math.Abs(next.Value - point.Value);
            (point, isFirst) = (next, false);
            if (change < _changeTolerance || next.Step * reach <= _changeTolerance)
            {
                break;
            }
        }

        Run(new StepPlan(Steps), null);
        return first;
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, IReadOnlyList<Tensor> values, IReadOnlyList<Tensor> gradients)
    {
        Tensor gradient = Flat(gradients);
        Tensor direction = Push(plan, gradient, plan.Step == 1);
        Tensor rate = Scalar(LearningRate);
        rate = plan.Step == 1 ? Tensor.Minimum(1 / gradient.Abs().Sum(), Scalar(1)) * rate : rate;
        Tensor step = direction * rate;
        plan.Assign(_lastStep, step);
        int offset = 0;
        for (int i = 0; i < values.Count; i++)
        {
            plan.Assign(Parameters[i], values[i] + Part(step, i, ref offset));
        }
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient) =>
        throw new InvalidOperationException("LBFGS.Update: parameters are not updated alone. Call Step.");

    (Tensor Loss, StrongWolfe.Point Point) Evaluate(Func<Tensor> closure, double step, Tensor? direction)
    {
        Tensor loss = closure();
        Tensor gradient = Flat(GradientsOf(loss, new StepPlan(Steps))).StopGradient();
        Tensor slope = (gradient * (direction ?? gradient)).Sum();
        Tensor.Eval(loss, gradient, slope);
        double value = Number(loss);
        return (loss, new StrongWolfe.Point(step, Maximize ? -value : value, Number(slope), gradient));
    }

    (Tensor Direction, double Slope) Direct(Tensor gradient, bool isFirst)
    {
        var plan = new StepPlan(Steps);
        Tensor direction = Push(plan, gradient, isFirst);
        Tensor slope = (gradient * direction).Sum();
        Evaluator.Assign([direction.Node, slope.Node], [.. plan.Assignments]);
        return (direction, Number(slope));
    }

    // Takes in the newest differences and gives the direction. Rows that hold nothing yet have a product of 0 and change nothing.
    Tensor Push(StepPlan plan, Tensor gradient, bool isFirst)
    {
        plan.Assign(_lastGradient, gradient);
        if (isFirst)
        {
            plan.Assign(_gamma, Scalar(1));
            return -gradient;
        }

        var newest = new Tensor(_lastStep.Leaf);
        Tensor difference = gradient - new Tensor(_lastGradient.Leaf);
        Tensor product = (newest * difference).Sum();
        Tensor takes = product > LeastProduct;
        Tensor s = Rows(_s, newest.Reshape(1, _size), takes);
        Tensor y = Rows(_y, difference.Reshape(1, _size), takes);
        Tensor inverses = Rows(_inverses, (1 / product).Reshape(1), takes);
        Tensor gamma = Tensor.Where(takes, product / (difference * difference).Sum(), new Tensor(_gamma.Leaf));
        plan.Assign(_s, s);
        plan.Assign(_y, y);
        plan.Assign(_inverses, inverses);
        plan.Assign(_gamma, gamma);
        return Recursion(-gradient, s, y, inverses, gamma);
    }

    Tensor Recursion(Tensor q, Tensor s, Tensor y, Tensor inverses, Tensor gamma)
    {
        var alphas = new Tensor[_history];
        for (int i = _history - 1; i >= 0; i--)
        {
            alphas[i] = (Row(s, i) * q).Sum() * inverses.Slice(0, i, 1).Reshape();
            q -= Row(y, i) * alphas[i];
        }

        q *= gamma;
        for (int i = 0; i < _history; i++)
        {
            Tensor beta = (Row(y, i) * q).Sum() * inverses.Slice(0, i, 1).Reshape();
            q += Row(s, i) * (alphas[i] - beta);
        }

        return q;
    }

    void Move(Tensor origin, Tensor direction, double step)
    {
        Tensor target = origin + (direction * Scalar(step));
        var moves = new Assignment[Parameters.Count];
        int offset = 0;
        for (int i = 0; i < moves.Length; i++)
        {
            moves[i] = new Assignment(Parameters[i].Variable, Part(target, i, ref offset).Node);
        }

        Evaluator.Assign([], moves);
    }

    Tensor Part(Tensor flat, int index, ref int offset)
    {
        Parameter parameter = Parameters[index];
        Tensor part = flat.Slice(0, offset, parameter.Shape.Size).Reshape(parameter.Shape.Extents).To(parameter.DType);
        offset += parameter.Shape.Size;
        return part;
    }

    Tensor Flat(IEnumerable<Tensor> tensors) => Tensor.Concat([.. tensors.Select(tensor => tensor.Reshape(-1).To(_type))], 0);

    static Tensor Rows(Variable rows, Tensor newest, Tensor takes)
    {
        var old = new Tensor(rows.Leaf);
        return Tensor.Where(takes, Tensor.Concat([old.Slice(0, 1, rows.Shape[0] - 1), newest], 0), old);
    }

    Tensor Row(Tensor rows, int index) => rows.Slice(0, index, 1).Reshape(_size);

    Tensor Scalar(double value) => Tensor.Scalar(value, _type);

    static double Largest(Tensor tensor) => Number(tensor.Abs().Max());

    static double Number(Tensor number) => number.To(DType.Float64).Item<double>();
}
