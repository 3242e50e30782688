// The memory that all processes of a run see (python/src/region.rs): words that
// are looked at, changed and waited for. The page makes it, and hands it to every
// worker of the run. Who waits does so on the word of its own process's slot.
const pythonRegion = (() => {
  "use strict";

  const SLOTS = 65;
  const FIRST_SLOT_WORD = 16;
  const SLOT_WORDS = 6;
  const STILL = 3;
  const SEVERAL = -1;

  let words = new Int32Array(0);
  let bytes = new Uint8Array(0);
  let own = 0;
  let handle = 0;
  let rests = 1;

  const use = (region) => {
    if (!region) return;
    words = new Int32Array(region.buffer);
    bytes = new Uint8Array(region.buffer);
    own = region.slot;
    handle = Atomics.load(words, ownWord() + 2);
  };

  const ownWord = () => FIRST_SLOT_WORD + own * SLOT_WORDS;

  const poke = (word) => {
    Atomics.add(words, word, 1);
    Atomics.notify(words, word);
  };

  // Wakes the processes that wait for what was changed.
  const wake = (changed) => {
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const word = FIRST_SLOT_WORD + slot * SLOT_WORDS;
      const awaited = Atomics.load(words, word + 1);
      if (awaited === SEVERAL || awaited === changed) poke(word);
    }
  };

  // Tells the script, if it waits here, that there is something for it elsewhere.
  const tellScript = () => {
    if (words.length > 0 && Atomics.load(words, FIRST_SLOT_WORD + 1) !== 0) poke(FIRST_SLOT_WORD);
  };

  // Says that this process waits for a call only, and then that it does not any more.
  const rest = (isResting) => {
    // Who was ended lives on for a moment, and another one may have the slot by then.
    if (words.length === 0 || Atomics.load(words, ownWord() + 2) !== handle) return;
    if (isResting) rests += 2;
    Atomics.store(words, ownWord() + STILL, isResting ? rests : 0);
  };

  self.parallelLabRegion = {
    size: () => bytes.length,
    slot: () => own,
    load: (word) => Atomics.load(words, word),
    store: (word, value) => Atomics.store(words, word, value),
    replace: (word, old, value) => Atomics.compareExchange(words, word, old, value) === (old | 0),
    read: (at, into) => into.set(bytes.subarray(at, at + into.length)),
    write: (at, data) => bytes.set(data, at),
    wait: (word, seen, timeout_ms) => Atomics.wait(words, word, seen, timeout_ms < 0 ? Infinity : timeout_ms),
    poke,
    wake,
  };
  return { use, tellScript, rest };
})();
