// What ONNX Runtime computes for a model, as a test case that `ashlar onnx test` reads.
//   npm install onnxruntime-node@1.30.0
//   node reference.js MODEL.onnx CASE_FOLDER x=1x3x320x480 input=1x576:audio state=2x1x128:zero sr=:16000
// Each input is NAME=EXTENTS:KIND. KIND is zero, audio, pcm or a whole number; without it numbers in [-1, 1) are drawn from a fixed seed.
const ort = require('onnxruntime-node'), fs = require('fs'), path = require('path');

const types = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float64: 11 };
let seed = 12345;
const draw = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
const kinds = {
    zero: () => 0,
    audio: i => Math.sin(i * 0.07) * 0.3 + Math.sin(i * 0.19) * 0.2 + (draw() - 0.5) * 0.05,
    pcm: i => Math.round(8000 * Math.sin(i * 0.07) + 2000 * (draw() - 0.5)),
};

function varint(n) {
    const bytes = [];
    for (n = BigInt(n); n > 127n; n >>= 7n) bytes.push(Number(n & 127n) | 128);
    return Buffer.from([...bytes, Number(n)]);
}

function message(tensor) {
    const raw = Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
    return Buffer.concat([...tensor.dims.map(extent => Buffer.concat([Buffer.from([0x08]), varint(extent)])), Buffer.from([0x10]), varint(types[tensor.type]), Buffer.from([0x4a]), varint(raw.length), raw]);
}

async function main([model, folder, ...given]) {
    const asked = Object.fromEntries(given.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
    const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3 });
    const feeds = {};
    for (const input of session.inputMetadata) {
        const [extents, kind] = (asked[input.name] ?? '*').split(':');
        const dims = extents === '*' ? input.shape.map(extent => (typeof extent === 'number' && extent > 0 ? extent : 1)) : extents === '' ? [] : extents.split('x').map(Number);
        const count = dims.reduce((a, b) => a * b, 1);
        const value = kinds[kind] ?? (kind ? () => Number(kind) : () => draw() * 2 - 1);
        const data = input.type === 'int64' ? BigInt64Array.from({ length: count }, (_, i) => BigInt(Math.trunc(value(i)))) : Float32Array.from({ length: count }, (_, i) => value(i));
        feeds[input.name] = new ort.Tensor(input.type, data, dims);
    }

    const results = await session.run(feeds);
    const set = path.join(folder, 'test_data_set_0');
    fs.mkdirSync(set, { recursive: true });
    fs.copyFileSync(model, path.join(folder, 'model.onnx'));
    session.inputMetadata.forEach((input, i) => fs.writeFileSync(path.join(set, `input_${i}.pb`), message(feeds[input.name])));
    session.outputMetadata.forEach((output, i) => fs.writeFileSync(path.join(set, `output_${i}.pb`), message(results[output.name])));
}

main(process.argv.slice(2)).catch(error => {
    console.error(error.message);
    process.exit(1);
});
