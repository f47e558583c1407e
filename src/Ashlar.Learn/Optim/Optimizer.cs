using System.Globalization;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <summary>Turns the gradient of a loss into steps of parameters. Gradient, update and all are one plan.</summary>
/// <remarks>
/// The learning rate and every other number of a rule are parameters of the plan: changing them builds no other. A parameter that the loss does not reach
/// has the gradient 0; decay and momentum act on it all the same.
/// </remarks>
public abstract class Optimizer
{
    readonly Parameter[] _parameters;
    readonly List<(string Name, Variable State)> _states = [];

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or no number.</exception>
    protected Optimizer(IReadOnlyList<Parameter> parameters, double learningRate)
    {
        if (parameters.Count == 0 || parameters.Distinct().Count() != parameters.Count)
        {
            throw new ArgumentException($"{GetType().Name}: {(parameters.Count == 0 ? "no parameters are given" : "a parameter is given twice")}. Give model.Parameters.", nameof(parameters));
        }

        _parameters = [.. parameters];
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

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes one step against the gradient of a loss, and carries out the pending updates of the buffers that stand beside the parameters. The loss's value is kept: reading it costs nothing.</summary>
    /// <param name="loss">[]; recorded since the last step of these parameters.</param>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">No gradient leads to a parameter: the loss depends on none, was recorded without gradients or before the last step.</exception>
    public void Step(Tensor loss)
    {
        (StepPlan plan, StateBuffer[] buffers) = Record(loss);
        Evaluator.Assign([loss.Node], [.. plan.Assignments]);
        foreach (StateBuffer buffer in buffers)
        {
            buffer.Forget();
        }

        Steps++;
    }

    /// <summary>The plan that a step on this loss would run, as text: launches with their nodes and shapes, memory, and the fusion decisions. Nothing is changed.</summary>
    /// <param name="loss">As for <see cref="Step"/>.</param>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">No gradient leads to a parameter.</exception>
    public string Explain(Tensor loss) => Evaluator.Explain([loss.Node], [.. Record(loss).Plan.Assignments]);

    /// <summary>Everything that decides the next step beside the parameters, by name in ordinal order: the moments under <c>parameter.moment</c>, <c>steps</c> as int64 [], <c>learning_rate</c> as float64 []. Copies.</summary>
    /// <exception cref="StateException">Two parameters have one name.</exception>
    public IReadOnlyDictionary<string, Tensor> StateTensors()
    {
        var state = new SortedDictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["steps"] = Tensor.From([Steps], []),
            ["learning_rate"] = Tensor.From([LearningRate], []),
        };
        foreach ((string name, Variable variable) in NamedStates())
        {
            if (!state.TryAdd(name, Module.Copy(new Tensor(variable.Leaf))))
            {
                throw new StateException($"{GetType().Name}.StateTensors: two parameters are named '{name[..name.LastIndexOf('.')]}'. Register both models with one module and train its parameters.");
            }
        }

        return state;
    }

    /// <summary>Takes a saved state: every name of <see cref="StateTensors"/> and no other, in its shape and dtype.</summary>
    /// <exception cref="StateException">Names are missing, unexpected or mismatched; all are listed and nothing is changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits($"{GetType().Name}.Load", StateTensors(), state);
        foreach ((string name, Variable variable) in NamedStates())
        {
            Evaluator.Assign([], [new Assignment(variable, state[name].Node)]);
        }

        Steps = state["steps"].Item<long>();
        LearningRate = state["learning_rate"].Item<double>();
    }

    (StepPlan Plan, StateBuffer[] Buffers) Record(Tensor loss)
    {
        if (!loss.Node.IsTraced)
        {
            throw new InvalidOperationException($"{GetType().Name}.Step: no gradient leads from the loss to a parameter. Compute it from the model's parameters, outside Transform.NoGradient() and without StopGradient().");
        }

        Node[] leaves = [.. _parameters.Select(parameter => parameter.Variable.Leaf)];
        Node[] gradients = Gradients.Of(loss.Node, leaves);
        var plan = new StepPlan(Steps);
        Prepare(plan.Step);
        for (int i = 0; i < leaves.Length; i++)
        {
            Update(plan, i, new Tensor(leaves[i]), new Tensor(gradients[i]));
        }

        return (plan, Pending(plan));
    }

    /// <summary>Computes the numbers of the step that are the same for all parameters.</summary>
    /// <param name="step">The step's number, from 1.</param>
    protected abstract void Prepare(long step);

    /// <summary>Records the update of one parameter.</summary>
    /// <param name="plan">Takes the next values.</param>
    /// <param name="index">The parameter's place in <see cref="Parameters"/>.</param>
    /// <param name="value">The parameter before the step.</param>
    /// <param name="gradient">Its gradient, of its shape.</param>
    protected abstract void Update(StepPlan plan, int index, Tensor value, Tensor gradient);

    /// <summary>One further state tensor for each parameter, 0 at first.</summary>
    /// <param name="moment">Its name in the state, behind the parameter's.</param>
    protected Variable[] StateOf(string moment)
    {
        var variables = new Variable[_parameters.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            Parameter parameter = _parameters[i];
            variables[i] = new Variable(parameter.Shape, parameter.DType, $"{parameter.FullName}.{moment}", snapshots: false);
            Evaluator.Assign([], [new Assignment(variables[i], Tensor.Zeros(parameter.Shape, parameter.DType).Node)]);
            _states.Add((moment, variables[i]));
        }

        return variables;
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

    IEnumerable<(string Name, Variable State)> NamedStates() =>
        _states.Select((state, i) => ($"{_parameters[i % _parameters.Length].FullName}.{state.Name}", state.State));
}
