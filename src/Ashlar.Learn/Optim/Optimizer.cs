using System.Globalization;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <summary>Turns the gradient of a loss into steps of parameters. Gradient, clipping, update and all are one plan.</summary>
/// <remarks>
/// The learning rate and every other number of a rule are parameters of the plan: changing them builds no other. A parameter that the loss does not reach
/// has the gradient 0; decay and momentum act on it all the same. In the formulas of the rules w is a parameter, g its gradient, rate the learning rate times
/// the factor of the parameter's group, decay the group's weight decay; t counts steps from 1.
/// </remarks>
public abstract partial class Optimizer : IStateful
{
    readonly Parameter[] _parameters;

    /// <param name="parameters">What to train; one group at first.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="weightDecay">The group's weight decay, ≥ 0.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate or decay is negative or no number.</exception>
    protected Optimizer(IReadOnlyList<Parameter> parameters, double learningRate, double weightDecay = 0)
    {
        if (parameters.Count == 0 || parameters.Distinct().Count() != parameters.Count)
        {
            throw new ArgumentException($"{GetType().Name}: {(parameters.Count == 0 ? "no parameters are given" : "a parameter is given twice")}. Give model.Parameters.", nameof(parameters));
        }

        _parameters = [.. parameters];
        _groups = [new ParameterGroup(_parameters, 1, weightDecay)];
        _groupOf = new int[_parameters.Length];
        LearningRate = learningRate;
    }

    /// <summary>What is trained.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Factor of a step, ≥ 0. May be set before every step; no plan is built for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double LearningRate
    {
        get;
        set => field = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}: the learning rate {value} is no number ≥ 0. Give one such as 0.001."));
    }

    /// <summary>Whether steps make the loss larger: the gradient is negated before all else.</summary>
    public bool Maximize { get; init; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes one step against the gradient of a loss, to which accumulated gradients are added, and carries out the pending updates of the buffers that stand beside the parameters. The loss's value is kept: reading it costs nothing.</summary>
    /// <param name="loss">[]; recorded since the last step of these parameters.</param>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">No gradient leads to a parameter: the loss depends on none, was recorded without gradients or before the last step.</exception>
    public void Step(Tensor loss) => Run(Record(loss), loss);

    /// <summary>Takes one step against what <see cref="Accumulate"/> has gathered.</summary>
    /// <exception cref="InvalidOperationException">Nothing was accumulated.</exception>
    public void Step()
    {
        if (AccumulatedBatches == 0)
        {
            throw new InvalidOperationException($"{GetType().Name}.Step: nothing was accumulated. Give a loss, or call Accumulate(loss) before.");
        }

        Run(Record(null), null);
    }

    /// <summary>Takes one step, asking for the loss as often as the rule needs it: once, but for <see cref="LBFGS"/>.</summary>
    /// <param name="closure">Computes the loss [] from the present parameters and the same data.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="InvalidOperationException">No gradient leads to a parameter.</exception>
    public virtual Tensor Step(Func<Tensor> closure)
    {
        Tensor loss = closure();
        Step(loss);
        return loss;
    }

    /// <summary>The plan that a step on this loss would run, as text: launches with their nodes and shapes, memory, and the fusion decisions. Nothing is changed.</summary>
    /// <param name="loss">As for <see cref="Step(Tensor)"/>.</param>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">No gradient leads to a parameter.</exception>
    public string Explain(Tensor loss)
    {
        StepPlan plan = Record(loss);
        Pending(plan);
        return Evaluator.Explain([loss.Node], [.. plan.Assignments]);
    }

    /// <summary>Computes the numbers of the step that are the same for all parameters.</summary>
    /// <param name="step">The step's number, from 1.</param>
    protected virtual void Prepare(long step)
    {
    }

    /// <summary>Records the update of all parameters. By default each is updated alone.</summary>
    /// <param name="plan">Takes the next values.</param>
    /// <param name="values">The parameters before the step.</param>
    /// <param name="gradients">Their gradients.</param>
    protected virtual void Update(StepPlan plan, IReadOnlyList<Tensor> values, IReadOnlyList<Tensor> gradients)
    {
        for (int i = 0; i < values.Count; i++)
        {
            Update(plan, i, values[i], gradients[i]);
        }
    }

    /// <summary>Records the update of one parameter.</summary>
    /// <param name="plan">Takes the next values.</param>
    /// <param name="index">The parameter's place in <see cref="Parameters"/>.</param>
    /// <param name="value">The parameter before the step.</param>
    /// <param name="gradient">Its gradient, of its shape.</param>
    protected abstract void Update(StepPlan plan, int index, Tensor value, Tensor gradient);

    /// <summary>The gradients of a loss as the rule sees them: accumulated ones added, negated to maximize, clipped.</summary>
    private protected Tensor[] GradientsOf(Tensor? loss, StepPlan plan)
    {
        if (loss is not null && !loss.Node.IsTraced)
        {
            throw new InvalidOperationException($"{GetType().Name}.Step: no gradient leads from the loss to a parameter. Compute it from the model's parameters, outside Transform.NoGradient() and without StopGradient().");
        }

        Tensor[] gradients = loss is null ? [] : [.. Gradients.Of(Scaled(loss).Node, [.. _parameters.Select(parameter => parameter.Variable.Leaf)]).Select(node => new Tensor(node))];
        gradients = Unscaled(AddAccumulated(gradients, plan), loss, plan);
        return Clip(Maximize ? Array.ConvertAll(gradients, gradient => -gradient) : gradients, plan);
    }

    /// <summary>Runs the assignments and counts a step.</summary>
    private protected void Run(StepPlan plan, Tensor? loss)
    {
        int first = plan.Assignments.Count;
        StateBuffer[] buffers = Pending(plan);
        plan.GuardFrom(first);
        Node[] results = [.. new[] { loss, plan.GradientNorm, plan.IsFinite }.OfType<Tensor>().Select(tensor => tensor.Node)];
        Evaluator.Assign(results, [.. plan.Assignments]);
        foreach (StateBuffer buffer in buffers)
        {
            buffer.Forget();
        }

        GradientNorm = plan.GradientNorm ?? GradientNorm;
        AccumulatedBatches = 0;
        IsLastStepTaken = plan.IsFinite?.Item<bool>() ?? true;
        Steps += IsLastStepTaken ? 1 : 0;
    }

    StepPlan Record(Tensor? loss)
    {
        var plan = new StepPlan(Steps);
        Tensor[] gradients = GradientsOf(loss, plan);
        Prepare(plan.Step);
        int first = plan.Assignments.Count;
        Update(plan, [.. _parameters.Select(parameter => parameter.Master)], gradients);
        plan.GuardFrom(first);
        LossScale?.Adapt(plan);
        return plan;
    }

    StateBuffer[] Pending(StepPlan plan)
    {
        var taken = new List<StateBuffer>();
        foreach (Module owner in _parameters.Select(parameter => parameter.Owner).OfType<Module>().Distinct())
        {
            foreach ((string name, StateBuffer buffer) in owner.OwnBuffers)
            {
                if (buffer.Pending(name) is { } assignment)
                {
                    plan.Assign(assignment);
                    taken.Add(buffer);
                }
            }
        }

        return [.. taken];
    }
}
