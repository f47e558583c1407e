// ONNX Runtime on demand, for compare.cs and ../onnx-operators: one JSON object on each line of standard input, one on each of standard output.
//   { "open": MODEL }                                                    -> {}
//   { "inputs": { NAME: { "type": ..., "dims": [...], "data": BASE64 } } } -> { NAME: { "type": ..., "dims": [...], "data": BASE64 } }, the outputs of the open model; { "failed": WHY } where it cannot
const ort = require('onnxruntime-node');
const lists = {
    float32: Float32Array, float64: Float64Array, bool: Uint8Array, int8: Int8Array, int16: Int16Array, int32: Int32Array, int64: BigInt64Array,
    uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, uint64: BigUint64Array,
};
let session;

function tensor({ type, dims, data }) {
    const bytes = Buffer.from(data, 'base64');
    return new ort.Tensor(type, new lists[type](bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)), dims);
}

async function answer(request) {
    if (request.open) {
        session = await ort.InferenceSession.create(request.open, { logSeverityLevel: 4 });
        return {};
    }

    const results = await session.run(Object.fromEntries(Object.entries(request.inputs).map(([name, value]) => [name, tensor(value)])));
    return Object.fromEntries(session.outputNames.map(name => {
        const { type, dims, data } = results[name];
        return [name, { type, dims: dims.map(Number), data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }];
    }));
}

(async () => {
    for await (const line of require('readline').createInterface({ input: process.stdin })) {
        process.stdout.write(JSON.stringify(await answer(JSON.parse(line)).catch(error => ({ failed: String(error) }))) + '\n');
    }
})();
