// The same ensemble in JavaScript as one would write it by hand: what the
// engines have to be worth their build. Every float64 operation is in the
// contract's order, so that the bits are the same.
"use strict";

function scalar(states, members, steps, sigma, rho, beta, dt) {
  for (let member = 0; member < members; member++) {
    let x = states[3 * member];
    let y = states[3 * member + 1];
    let z = states[3 * member + 2];
    for (let step = 0; step < steps; step++) {
      const dx = sigma * (y - x);
      const dy = rho * x - y - x * z;
      const dz = x * y - beta * z;
      x += dx * dt;
      y += dy * dt;
      z += dz * dt;
    }
    states[3 * member] = x;
    states[3 * member + 1] = y;
    states[3 * member + 2] = z;
  }
}

// All members of a block per step, in arrays that fit the L1 cache.
const BLOCK = 512;

function typedArrays(states, members, steps, sigma, rho, beta, dt) {
  const xs = new Float64Array(BLOCK);
  const ys = new Float64Array(BLOCK);
  const zs = new Float64Array(BLOCK);
  for (let first = 0; first < members; first += BLOCK) {
    const count = Math.min(BLOCK, members - first);
    for (let i = 0; i < count; i++) {
      xs[i] = states[3 * (first + i)];
      ys[i] = states[3 * (first + i) + 1];
      zs[i] = states[3 * (first + i) + 2];
    }
    for (let step = 0; step < steps; step++) {
      for (let i = 0; i < count; i++) {
        const x = xs[i];
        const y = ys[i];
        const z = zs[i];
        xs[i] = x + sigma * (y - x) * dt;
        ys[i] = y + (rho * x - y - x * z) * dt;
        zs[i] = z + (x * y - beta * z) * dt;
      }
    }
    for (let i = 0; i < count; i++) {
      states[3 * (first + i)] = xs[i];
      states[3 * (first + i) + 1] = ys[i];
      states[3 * (first + i) + 2] = zs[i];
    }
  }
}

function fnv1a64(values) {
  const bytes = new Uint8Array(values.buffer);
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

onmessage = ({ data: { loop, initial, members, steps, sigma, rho, beta, dt } }) => {
  const states = Float64Array.from(initial);
  const integrate = loop === "scalar" ? scalar : typedArrays;
  const start = performance.now();
  integrate(states, members, steps, sigma, rho, beta, dt);
  const ms = performance.now() - start;
  postMessage({ ms, hash: fnv1a64(states) });
};
