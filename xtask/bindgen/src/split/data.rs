//! Which bytes of memory each part fills.

use anyhow::{Result, ensure};

use crate::linked::Segment;
use crate::ownership::{FIRST, Part};

/// Bytes and where they go.
pub(crate) type Run = (u32, Vec<u8>);

/// Zeros between two pieces that cost no more than a beginning of its own.
const GAP_LIMIT: u32 = 16;

/// What each part writes into memory, in the order of addresses. `parts` says
/// whose each segment is. The first part is there before all others: it may
/// fill gaps in which others write later.
///
/// # Errors
/// When the module's data is not what the linker has written.
pub(crate) fn runs(found: &[Run], segments: &[Segment], parts: &[Part], count: usize) -> Result<Vec<Vec<Run>>> {
    let linked = segments.iter().filter(|segment| !segment.bytes.is_empty());
    ensure!(
        linked.map(|it| (it.address, &it.bytes)).eq(found.iter().filter(|it| !it.1.is_empty()).map(|it| (it.0, &it.1))),
        "the module's data is not what the linked one has: are they of one build?"
    );
    let mut runs: Vec<Vec<Run>> = vec![Vec::new(); count];
    let mut end_of_all = 0;
    for (segment, part) in segments.iter().zip(parts) {
        ensure!(segment.address >= end_of_all, "two pieces of data overlap at address {}", segment.address);
        let gap_start = if *part == FIRST { 0 } else { end_of_all };
        end_of_all = segment.address + u32::try_from(segment.bytes.len())?;
        // Memory begins with zeros.
        if segment.bytes.iter().all(|byte| *byte == 0) {
            continue;
        }
        match runs[*part].last_mut() {
            Some((start, bytes)) => {
                let end = *start + u32::try_from(bytes.len())?;
                let gap = segment.address - end;
                if gap < GAP_LIMIT && end >= gap_start {
                    bytes.resize(bytes.len() + gap as usize, 0);
                    bytes.extend_from_slice(&segment.bytes);
                } else {
                    runs[*part].push((segment.address, segment.bytes.clone()));
                }
            }
            None => runs[*part].push((segment.address, segment.bytes.clone())),
        }
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ownership::SHARED;

    const LAB: Part = SHARED + 1;

    fn segment(address: u32, bytes: &[u8]) -> Segment {
        Segment { address, bytes: bytes.to_vec(), is_constant: true }
    }

    fn all(segments: &[Segment], parts: &[Part]) -> Vec<Vec<Run>> {
        let found: Vec<Run> = segments.iter().map(|it| (it.address, it.bytes.clone())).collect();
        runs(&found, segments, parts, 3).expect("laid out")
    }

    #[test]
    fn neighbours_make_one_run_with_what_is_between_them() {
        let segments = [segment(100, b"ab"), segment(104, b"cd"), segment(200, b"e")];
        let runs = all(&segments, &[SHARED; 3]);
        assert_eq!(runs[SHARED], [(100, b"ab\0\0cd".to_vec()), (200, b"e".to_vec())]);
        assert!(runs[FIRST].is_empty() && runs[LAB].is_empty());
    }

    #[test]
    fn only_the_first_part_may_fill_where_others_write_later() {
        let segments = [segment(100, b"a"), segment(101, b"b"), segment(102, b"c")];
        let runs = all(&segments, &[FIRST, LAB, FIRST]);
        assert_eq!(runs[FIRST], [(100, b"a\0c".to_vec())]);
        assert_eq!(runs[LAB], [(101, b"b".to_vec())]);
        let runs = all(&segments, &[LAB, FIRST, LAB]);
        assert_eq!(runs[LAB], [(100, b"a".to_vec()), (102, b"c".to_vec())]);
    }

    #[test]
    fn zeros_are_there_from_the_start() {
        let runs = all(&[segment(100, &[0; 40]), segment(140, b"a")], &[FIRST, FIRST]);
        assert_eq!(runs[FIRST], [(140, b"a".to_vec())]);
    }

    #[test]
    fn data_of_another_build_and_overlaps_are_refused() {
        let segments = [segment(100, b"ab"), segment(101, b"cd")];
        runs(&[(100, b"ax".to_vec())], &segments[..1], &[FIRST], 3).expect_err("another build");
        let found: Vec<Run> = segments.iter().map(|it| (it.address, it.bytes.clone())).collect();
        runs(&found, &segments, &[FIRST, FIRST], 3).expect_err("overlap");
    }
}
