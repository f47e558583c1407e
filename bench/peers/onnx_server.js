// ONNX Runtime's side of a row: opens a model, runs it, hands out its results. One JSON object on each line of standard input, one on each of standard output.
const ort = require('onnxruntime-node');
const fs = require('fs');
const options = require('./onnx_options.js');
const lines = require('readline').createInterface({ input: process.stdin });

let session, inputs;

async function once() {
  return session.run(inputs);
}

const work = {
  async open({ model, tensors, threads, spins }) {
    session = await ort.InferenceSession.create(model, options(threads, spins));
    inputs = {};
    for (const { name, type, dims, file } of tensors) {
      const bytes = fs.readFileSync(file);
      const List = type === 'int64' ? BigInt64Array : Float32Array;
      inputs[name] = new ort.Tensor(type, new List(bytes.buffer, bytes.byteOffset, bytes.byteLength / List.BYTES_PER_ELEMENT), dims);
    }
    await once();
    return {};
  },
  async time({ times }) {
    for (let i = 0; i < Math.max(1, times >> 2); i++) await once();
    const start = process.hrtime.bigint();
    for (let i = 0; i < times; i++) await once();
    return { seconds: Number(process.hrtime.bigint() - start) / 1e9 / times };
  },
  async result({ file }) {
    const results = await once();
    return session.outputNames.map((name, i) => {
      const { type, dims, data } = results[name];
      fs.writeFileSync(file + i, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
      return { type, dims: dims.map(Number) };
    });
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
