// ONNX Runtime's side of a row: opens a model, runs it, hands out its result. One JSON object on each line of standard input, one on each of standard output.
const ort = require('onnxruntime-node');
const fs = require('fs');
const lines = require('readline').createInterface({ input: process.stdin });

let session, inputs;

async function once() {
  return session.run(inputs);
}

const work = {
  async open({ model, tensors, threads, spins }) {
    session = await ort.InferenceSession.create(model, {
      intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all', executionMode: 'sequential', logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: spins ? '1' : '0' } } },
    });
    inputs = {};
    for (const { name, dims, file } of tensors) {
      const bytes = fs.readFileSync(file);
      inputs[name] = new ort.Tensor('float32', new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4), dims);
    }
    await once();
    return {};
  },
  async time({ times }) {
    await once();
    const start = process.hrtime.bigint();
    for (let i = 0; i < times; i++) await once();
    return { seconds: Number(process.hrtime.bigint() - start) / 1e9 / times };
  },
  async result({ file }) {
    const { y } = await once();
    fs.writeFileSync(file, Buffer.from(y.data.buffer, y.data.byteOffset, y.data.byteLength));
    return { dims: y.dims.map(Number) };
  },
};

(async () => {
  for await (const line of lines) {
    const request = JSON.parse(line);
    let answer;
    try {
      answer = await work[request.do](request);
    } catch (error) {
      answer = { failed: String(error) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
})();
