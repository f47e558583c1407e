// Usage: node check.mjs FILE
// Prints name, dtype, shape and sum of every tensor, read by two independent implementations: the header by @huggingface/hub (the format's
// authors), the bytes by the npm package safetensors. Exits with 1 where the two do not agree.
import { readFileSync } from "node:fs";
import { parseSafetensorsMetadata } from "@huggingface/hub";
import safetensors from "safetensors";

const bytes = new Uint8Array(readFileSync(process.argv[2]));

// The hub client asks a server for parts of the file; this one answers from the disk.
async function fetchFromDisk(_url, init) {
  const range = /bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get("Range") ?? "");
  const [begin, end] = range ? [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)] : [0, bytes.length - 1];
  const headers = { "Content-Range": `bytes ${begin}-${end}/${bytes.length}`, ETag: '"0"', "X-Linked-Size": `${bytes.length}`, "Content-Length": `${end - begin + 1}` };
  return new Response(init?.method === "HEAD" ? null : bytes.slice(begin, end + 1), { status: range ? 206 : 200, headers });
}

const { header } = await parseSafetensorsMetadata({ repo: "local/file", path: "model.safetensors", fetch: fetchFromDisk });

// The second reader knows no metadata, so it gets the file without: the same header with spaces in its place.
const plain = bytes.slice();
const text = new TextDecoder().decode(plain.subarray(8, 8 + Number(new DataView(plain.buffer).getBigUint64(0, true))));
const { __metadata__: metadata, ...tensors } = JSON.parse(text);
plain.fill(0x20, 8, 8 + new TextEncoder().encode(text).length);
plain.set(new TextEncoder().encode(JSON.stringify(tensors)), 8);
const reader = new safetensors.SafeTensor(plain);

const typed = { BOOL: Uint8Array, U8: Uint8Array, I32: Int32Array, I64: BigInt64Array, F32: Float32Array, F64: Float64Array };
console.log("metadata", JSON.stringify(header.__metadata__ ?? {}), JSON.stringify(metadata ?? {}));
for (const name of Object.keys(header).filter((key) => key !== "__metadata__").sort()) {
  const { dtype, shape } = header[name];
  const found = reader.metadata.get(name);
  const raw = reader.getTensor(name);
  const values = new typed[dtype](raw.slice().buffer);
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (found.dtype !== dtype || JSON.stringify(found.shape) !== JSON.stringify(shape) || values.length !== count) {
    console.error(`${name}: the readers differ: ${dtype} ${JSON.stringify(shape)} against ${found.dtype} ${JSON.stringify(found.shape)}, ${values.length} elements`);
    process.exit(1);
  }

  const zero = dtype === "I64" ? 0n : 0;
  console.log(name, dtype, JSON.stringify(shape), String(values.reduce((sum, x) => sum + x, zero)));
}
