// A snapshot of an interpreter that stands and has run nothing yet: the pages of
// its memory that have changed since the program was instantiated. A new worker
// instantiates the same program and goes on from there, instead of making an
// interpreter and importing the library once more. No state outside the memory
// counts: the stack is empty, and wasm-bindgen's table holds no value (where it
// does, there is no snapshot).
const pythonSnapshot = (() => {
  "use strict";

  const PAGE_BYTES = 64 << 10;
  const PAGE_WORDS = PAGE_BYTES >> 2;

  // One word each, then first page and page count of each stretch; then the pages.
  const MEMORY_PAGES = 0;
  const TABLE_LENGTH = 1;
  const THREAD_BASE = 2;
  const STRETCHES = 3;
  const HEAD_WORDS = 4;

  // Where the first thread's own variables are: the same, if all else is.
  const threadBase = (exports) => exports.__tls_base?.value ?? 0;

  // What new instances of the program have in the table, too.
  const isConstant = (value) => value === undefined || value === null || typeof value === "boolean";

  const holdsValues = (table) => {
    for (let index = 0; index < table.length; index += 1) {
      if (!isConstant(table.get(index))) return true;
    }
    return false;
  };

  // What a memory holds before its interpreter starts, up to its last word that is not zero.
  const contents = (memory) => {
    const words = new Int32Array(memory.buffer);
    let end = words.length;
    while (end > 0 && words[end - 1] === 0) end -= 1;
    return words.slice(0, end);
  };

  const hasChanged = (words, before, page) => {
    const end = (page + 1) * PAGE_WORDS;
    const known = Math.min(end, before.length);
    let index = page * PAGE_WORDS;
    for (; index < known; index += 1) {
      if (words[index] !== before[index]) return true;
    }
    for (; index < end; index += 1) {
      if (words[index] !== 0) return true;
    }
    return false;
  };

  const changedPages = (memory, before) => {
    const words = new Int32Array(memory.buffer);
    const pages = Array.from({ length: words.length / PAGE_WORDS }, (_, page) => page);
    return pages.filter((page) => hasChanged(words, before, page));
  };

  const stretchesOf = (pages) => {
    const stretches = [];
    for (const page of pages) {
      const last = stretches.at(-1);
      if (last && last.first + last.count === page) last.count += 1;
      else stretches.push({ first: page, count: 1 });
    }
    return stretches;
  };

  // In memory that can be shared if the interpreter's is; nothing where there can be none.
  const take = (exports, memory, before) => {
    const table = exports.__wbindgen_externrefs;
    if (holdsValues(table)) return undefined;
    const pages = changedPages(memory, before);
    const stretches = stretchesOf(pages);
    const places = stretches.flatMap(({ first, count }) => [first, count]);
    const head = HEAD_WORDS + places.length;
    const snapshot = new memory.buffer.constructor(4 * head + pages.length * PAGE_BYTES);
    const words = new Int32Array(snapshot, 0, head);
    words.set([memory.buffer.byteLength / PAGE_BYTES, table.length, threadBase(exports), stretches.length, ...places]);
    let at = 4 * head;
    for (const { first, count } of stretches) {
      new Uint8Array(snapshot, at).set(new Uint8Array(memory.buffer, first * PAGE_BYTES, count * PAGE_BYTES));
      at += count * PAGE_BYTES;
    }
    return snapshot;
  };

  // Into a new instance's memory; says whether that could be.
  const restore = (snapshot, exports, memory) => {
    const words = new Int32Array(snapshot, 0, HEAD_WORDS);
    if (words[THREAD_BASE] !== threadBase(exports)) return false;
    const table = exports.__wbindgen_externrefs;
    try {
      memory.grow(Math.max(0, words[MEMORY_PAGES] - memory.buffer.byteLength / PAGE_BYTES));
      table.grow(Math.max(0, words[TABLE_LENGTH] - table.length));
    } catch {
      return false;
    }
    const bytes = new Uint8Array(memory.buffer);
    const places = new Int32Array(snapshot, 4 * HEAD_WORDS, 2 * words[STRETCHES]);
    let at = 4 * (HEAD_WORDS + places.length);
    for (let stretch = 0; stretch < places.length; stretch += 2) {
      const length = places[stretch + 1] * PAGE_BYTES;
      bytes.set(new Uint8Array(snapshot, at, length), places[stretch] * PAGE_BYTES);
      at += length;
    }
    return true;
  };

  return { contents, take, restore };
})();
