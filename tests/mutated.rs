//! The short run of the fuzz targets, for every build: seeds changed at random (the same way each time), a few seconds each.
//! The long runs are `cargo xtask fuzz`, which watches what the bytes reach.

use std::time::{Duration, Instant};

#[path = "../fuzz/reading.rs"]
mod reading;

/// Thirty seconds in all.
const EACH: Duration = Duration::from_secs(3);

#[test]
fn changed_files_end_in_an_answer_or_a_plain_error() {
    for (name, target) in reading::TARGETS {
        let seeds = seeds(name);
        let (started, mut chance, mut runs) = (Instant::now(), Chance(0x9e37_79b9_7f4a_7c15), 0);
        while started.elapsed() < EACH {
            let bytes = changed(&seeds, &mut chance);
            let read = std::panic::catch_unwind(|| target(&bytes));
            if read.is_err() {
                let kept = std::env::temp_dir().join(format!("lagesbild-{name}"));
                std::fs::write(&kept, &bytes).unwrap();
                panic!("{name} föll; byten ligger i {}", kept.display());
            }
            runs += 1;
        }
        println!("{name}: {runs} ändrade filer");
    }
}

/// What has once brought a reader down stays in `fuzz/seeds` and is read first of all.
#[test]
fn every_seed_ends_in_an_answer_or_a_plain_error() {
    for (name, target) in reading::TARGETS {
        seeds(name).iter().for_each(|seed| target(seed));
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = crate::outside::root().join("fuzz/seeds").join(target);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} är tom", folder.display());
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// Xorshift (Marsaglia 2003): the same numbers every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

fn changed(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let to = (at + chance.below(24)).min(bytes.len());
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => bytes[at] = [0, 0xff, 0x7f, 0x80, b'"', b';', b'<', b'9'][chance.below(8)],
            2 => drop(bytes.drain(at..to)),
            3 => {
                let part = bytes[at..to].to_vec();
                bytes.splice(at..at, part);
            }
            4 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len());
                bytes.splice(at..to, other[from..(from + 40).min(other.len())].iter().copied());
            }
            _ => {
                let words: [&[u8]; 6] = [b"4294967295", b"-1", b"1e400", b"\xff\xff\xff\xff", b"\"\"", b"\n"];
                bytes.splice(at..to, words[chance.below(6)].iter().copied());
            }
        }
    }
    bytes
}
