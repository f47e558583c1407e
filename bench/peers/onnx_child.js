// A process that opens one model and runs it: node onnx_child.js THREADS MODEL NAME=EXTENTS[:int64]...
// Prints an empty line at the first result, then one of figures: seconds to open the model, seconds to the first result, peak memory of the process in kilobytes after some runs more.
const ort = require('onnxruntime-node');
const fs = require('fs');
const options = require('./onnx_options.js');

const RUNS = 10;

function tensor(entry) {
  const [name, rest] = entry.split('=');
  const [extents, type = 'float32'] = rest.split(':');
  const dims = extents === '' ? [] : extents.split('x').map(Number);
  const size = dims.reduce((a, b) => a * b, 1);
  return [name, type === 'int64' ? new ort.Tensor(type, new BigInt64Array(size).fill(16000n), dims) : new ort.Tensor(type, new Float32Array(size).fill(0.5), dims)];
}

async function main([threads, model, ...given]) {
  const inputs = Object.fromEntries(given.map(tensor));
  const start = process.hrtime.bigint();
  const session = await ort.InferenceSession.create(model, options(Number(threads), false));
  const opened = process.hrtime.bigint();
  await session.run(inputs);
  const first = process.hrtime.bigint();
  process.stdout.write('\n');
  for (let i = 0; i < RUNS; i++) await session.run(inputs);
  const peak = fs.readFileSync('/proc/self/status', 'utf8').match(/VmHWM:\s+(\d+)/)[1];
  process.stdout.write(`${Number(opened - start) / 1e9} ${Number(first - start) / 1e9} ${peak}\n`);
}

main(process.argv.slice(2));
