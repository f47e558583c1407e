using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Branches and loops. Their conditions are read on the host; what they record is ordinary graph.</summary>
static class ControlOperators
{
    public static Operator[] All { get; } =
    [
        new("If", 1, c => c.Body(c.Flag(0) ? "then_branch" : "else_branch").Run([])),
        new("Loop", 1, Loop),
        new("Scan", 8, c => c.Opset < 9 ? OldScan(c) : Scan(c)),
    ];

    // Steps of a loop whose plan is built as a whole: building takes as many times as long.
    const int LongestRecorded = 32;

    static Results Loop(OperatorCall c)
    {
        ISubgraph body = c.Body("body");
        long most = c.Has(0) ? c.Longs(0)[0] : long.MaxValue;
        bool goes = !c.Has(1) || c.Flag(1);
        int carried = c.Inputs - 2;
        OnnxValue[] state = [.. Enumerable.Range(2, Math.Max(0, carried)).Select(c.Value)];
        int scans = body.Outputs - 1 - state.Length;
        List<OnnxValue>[] stacked = [.. Enumerable.Range(0, scans).Select(_ => new List<OnnxValue>())];
        for (long i = 0; i < most && goes; i++)
        {
            if (c.IsRecorded && i == LongestRecorded)
            {
                throw OperatorCall.Fault("the loop is too long to be recorded as one plan. This is caught and the loop is carried out in each run.");
            }

            // The body has a condition of its own, also where the loop was given none.
            OnnxValue[] results = body.Run([ShapeOperators.Whole(i), Tensor.From<bool>([true]), .. state]);
            state = results[1..(1 + state.Length)];
            for (int k = 0; k < scans; k++)
            {
                stacked[k].Add(results[1 + state.Length + k]);
            }

            goes = Read(c, results[0], state);
        }

        return new Results([.. state, .. stacked.Select((parts, k) => Stack(parts, 0, body.Declared(1 + state.Length + k)))]);
    }

    // What is carried is computed together with the condition, so that nothing is computed twice; in a recorded run it waits for its values, and only a condition that needs none can be read.
    static bool Read(OperatorCall c, OnnxValue condition, OnnxValue[] state)
    {
        Tensor flag = ((OnnxTensor)condition).Tensor;
        if (flag.Node.Value is null && !c.IsRecorded)
        {
            Tensor.Eval([flag, .. state.OfType<OnnxTensor>().Select(value => value.Tensor)]);
        }

        return flag.Item<bool>();
    }

    static OnnxValue Stack(List<OnnxValue> parts, int axis, (OnnxDType Type, int[] Extents)? declared)
    {
        if (parts.Count == 0)
        {
            // No step ran: what the body says of its output is all that is known.
            (OnnxDType type, int[] extents) = declared ?? (OnnxDType.Float32, []);
            List<int> shape = [.. extents];
            shape.Insert(OperatorCall.Axis(axis, shape.Count + 1), 0);
            return type == OnnxDType.String ? new OnnxStrings(new Shape([.. shape]), []) : new OnnxTensor(Tensor.Zeros(new Shape([.. shape]), type.Carrier), type);
        }

        return parts[0] switch
        {
            OnnxTensor first => new OnnxTensor(Tensor.Stack([.. parts.Select(part => ((OnnxTensor)part).Tensor)], axis), first.Type),
            OnnxStrings first when axis == 0 => new OnnxStrings(new Shape([parts.Count, .. first.Shape]), [.. parts.Cast<OnnxStrings>().SelectMany(part => part.Items)]),
            _ => throw OperatorCall.Fault($"the body's outputs {parts[0]} cannot be stacked. Carry sequences instead."),
        };
    }

    static Results Scan(OperatorCall c)
    {
        int scanned = c.Int("num_scan_inputs", 1);
        OnnxValue[] state = [.. Enumerable.Range(0, c.Inputs - scanned).Select(c.Value)];
        OnnxTensor[] inputs = [.. Enumerable.Range(state.Length, scanned).Select(c.Tensor)];
        return new Results(Steps(c, c.Body("body"), state, inputs, c.Ints("scan_input_axes"), c.Ints("scan_input_directions") ?? new int[scanned]));
    }

    static OnnxValue[] Steps(OperatorCall c, ISubgraph body, OnnxValue[] state, OnnxTensor[] inputs, int[]? inputAxes, int[] directions)
    {
        int[] axes = [.. inputs.Select((input, k) => inputAxes is null ? 0 : OperatorCall.Axis(inputAxes[k], input.Tensor.Rank))];
        int steps = inputs[0].Tensor.Shape[axes[0]];
        int outputs = body.Outputs - state.Length;
        int[] outputDirections = c.Ints("scan_output_directions") ?? new int[outputs];
        List<OnnxValue>[] stacked = [.. Enumerable.Range(0, outputs).Select(_ => new List<OnnxValue>())];
        for (int step = 0; step < steps; step++)
        {
            int now = step;
            OnnxValue[] results = body.Run([.. state, .. inputs.Select((input, k) =>
                new OnnxTensor(input.Tensor.Slice(axes[k], directions[k] == 1 ? steps - 1 - now : now, 1).Squeeze(axes[k]), input.Type))]);
            state = results[..state.Length];
            for (int k = 0; k < outputs; k++)
            {
                stacked[k].Insert(outputDirections[k] == 1 ? 0 : stacked[k].Count, results[state.Length + k]);
            }
        }

        int[] outputAxes = c.Ints("scan_output_axes") ?? new int[outputs];
        return [.. state, .. stacked.Select((parts, k) => Stack(parts, outputAxes[k], body.Declared(state.Length + k)))];
    }

    // Version 8 had a batch axis in front of everything and lengths as its first input.
    static Results OldScan(OperatorCall c)
    {
        int scanned = c.Int("num_scan_inputs", 1);
        OnnxValue[] all = [.. Enumerable.Range(1, c.Inputs - 1).Select(c.Value)];
        int states = all.Length - scanned;
        int batch = ((OnnxTensor)all[^1]).Tensor.Shape[0];
        long[]? lengths = c.Has(0) ? c.Longs(0) : null;
        var rows = new List<OnnxValue[]>();
        for (int b = 0; b < batch; b++)
        {
            OnnxTensor[] row = [.. all.Cast<OnnxTensor>().Select(value => new OnnxTensor(value.Tensor.Slice(0, b, 1).Squeeze(0), value.Type))];
            OnnxTensor[] inputs = [.. row[states..].Select(value => lengths is null ? value : new OnnxTensor(value.Tensor.Slice(0, 0, (int)lengths[b]), value.Type))];
            rows.Add(Steps(c, c.Body("body"), row[..states], inputs, null, c.Ints("directions") ?? new int[scanned]));
        }

        // What a shorter row leaves open is zeros.
        int longest = all.Length > states ? ((OnnxTensor)all[states]).Tensor.Shape[1] : 0;
        return new Results([.. Enumerable.Range(0, rows[0].Length).Select(k => Stack([.. rows.Select(row => k < states ? row[k] : Filled(row[k], longest))], 0, null))]);
    }

    static OnnxTensor Filled(OnnxValue row, int steps)
    {
        var given = (OnnxTensor)row;
        int missing = steps - given.Tensor.Shape[0];
        return missing == 0 ? given : new OnnxTensor(Tensor.Concat([given.Tensor, Tensor.Zeros(new Shape([missing, .. given.Tensor.Shape.Extents[1..]]), given.Tensor.DType)], 0), given.Type);
    }
}
