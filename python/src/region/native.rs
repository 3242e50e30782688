//! The region as a machine has it, for tests: a file that all processes map. They look again every
//! millisecond instead of being woken.

use std::fs::{self, OpenOptions};
use std::os::fd::AsRawFd as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, io, process, thread};

/// As www/python-region.js and the page have it.
const BYTES: usize = 16 << 20;

struct Region {
    start: usize,
    slot: u32,
}

static REGION: OnceLock<Option<Region>> = OnceLock::new();

/// Joins the parent's; with a slot of its own.
pub(crate) fn join(parent: u32, slot: u32) {
    let _ = REGION.set(map(&name_of(parent), slot).ok());
}

fn name_of(process: u32) -> std::path::PathBuf {
    env::temp_dir().join(format!("parallel-lab-region-{process}"))
}

fn region() -> Option<&'static Region> {
    REGION.get_or_init(|| map(&name_of(process::id()), 0).ok()).as_ref()
}

/// At the end of the run.
pub fn forget() {
    let _ = fs::remove_file(name_of(process::id()));
}

fn map(path: &std::path::Path, slot: u32) -> io::Result<Region> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    file.set_len(BYTES as u64)?;
    // SAFETY: a new mapping, of a file that is as long.
    let start = unsafe {
        let flags = libc::PROT_READ | libc::PROT_WRITE;
        libc::mmap(std::ptr::null_mut(), BYTES, flags, libc::MAP_SHARED, file.as_raw_fd(), 0)
    };
    if start == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    Ok(Region { start: start as usize, slot })
}

pub(super) fn size() -> u32 {
    region().map_or(0, |_| BYTES as u32)
}

pub(super) fn slot() -> u32 {
    region().map_or(0, |region| region.slot)
}

fn with<R>(word: u32, look: impl FnOnce(&AtomicU32) -> R) -> Option<R> {
    // SAFETY: whoever asks has compared with the size; the mapping stays.
    region().map(|region| look(unsafe { &*((region.start + 4 * word as usize) as *const AtomicU32) }))
}

pub(super) fn load(word: u32) -> u32 {
    with(word, |it| it.load(Ordering::SeqCst)).unwrap_or_default()
}

pub(super) fn store(word: u32, value: u32) {
    with(word, |it| it.store(value, Ordering::SeqCst));
}

pub(super) fn replace(word: u32, old: u32, new: u32) -> bool {
    with(word, |it| it.compare_exchange(old, new, Ordering::SeqCst, Ordering::SeqCst).is_ok()).unwrap_or_default()
}

pub(super) fn read(at: u32, bytes: &mut [u8]) {
    if let Some(region) = region() {
        // SAFETY: within the mapping, as whoever asks has seen to.
        unsafe { bytes.as_mut_ptr().copy_from(((region.start + at as usize) as *const u8).cast(), bytes.len()) };
    }
}

pub(super) fn write(at: u32, bytes: &[u8]) {
    if let Some(region) = region() {
        // SAFETY: within the mapping, as whoever asks has seen to.
        unsafe { ((region.start + at as usize) as *mut u8).copy_from(bytes.as_ptr(), bytes.len()) };
    }
}

pub(super) fn wait(word: u32, seen: u32, timeout_ms: f64) {
    if load(word) == seen && timeout_ms != 0.0 {
        thread::sleep(Duration::from_millis(1));
    }
}

pub(super) fn poke(_word: u32) {}

pub(super) fn wake(_word: u32) {}
