/** The smallest files of their kinds that programs can really open: what a node is tried with when nothing else is given. */
import { FileRef } from "./file-ref.ts";

/** One pixel, as a PNG. */
export function examplePicture(): Promise<FileRef> {
  return FileRef.fromBytes(decoded(pixel), { name: "example.png" });
}

/** A tenth of a second of silence, as a WAV. */
export function exampleSound(): Promise<FileRef> {
  return FileRef.fromBytes(decoded(silence), { name: "example.wav" });
}

/** Two frames of sixteen by sixteen pixels, as a WebM. */
export function exampleVideo(): Promise<FileRef> {
  return FileRef.fromBytes(decoded(film), { name: "example.webm" });
}

/** A triangle, as glTF with its points inside. */
export function exampleGltf(): Promise<FileRef> {
  const points = "AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA";
  const triangle = {
    asset: { version: "2.0" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: "VEC3", min: [0, 0, 0], max: [1, 1, 0] }],
    bufferViews: [{ buffer: 0, byteLength: 36 }],
    buffers: [{ byteLength: 36, uri: `data:application/octet-stream;base64,${points}` }],
  };
  return FileRef.fromBytes(new TextEncoder().encode(JSON.stringify(triangle)), { name: "example.gltf" });
}

function decoded(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
}

/** 800 samples of 16 bit, 8000 a second. */
const silence = `UklGRmQGAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YUAGAAAA${"A".repeat(2132)}`;
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const film =
  "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZ0CXFUmpZpoq17GDD0JARImIQGkAAAAAAABNgIFtV0GBbRZUrmubrpnXgQFzxYEBg4EBhoVWX1ZQ" +
  "OOCGsIEQuoEQH0O2ddPngQCjpoEAAIBwAQCdASoQABAAB0CWJaACdAFAAAD+338JcL84bm691wAAo6aBAGSAcAEAnQEqEAAQAAdAliWgAnQBQAAA/t9/CXC/OG5uvdcAAA==";
