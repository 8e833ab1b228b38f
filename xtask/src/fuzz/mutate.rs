//! Inputs that are like others, but not quite.

use crate::dice::Dice;

/// Pieces in which parsers stumble.
const PIECES: [&str; 24] = [
    "",
    "\0",
    "\n",
    "\r\n",
    " ",
    "0",
    "-1",
    "9223372036854775807",
    "18446744073709551616",
    "1e999",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\u{e9}",
    "\u{202e}",
    "%00",
    "%zz",
    "+",
    "&",
    "=",
    ".",
    "*",
];

/// The longest input.
const BYTES_MAX: usize = 1 << 14;

/// An input made of those of the corpus.
pub(super) fn mutated(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut input = dice.pick(corpus).cloned().unwrap_or_default();
    for _ in 0..=dice.below(6) {
        mutate(&mut input, corpus, dice);
    }
    input.truncate(BYTES_MAX);
    input
}

fn mutate(input: &mut Vec<u8>, corpus: &[Vec<u8>], dice: &mut Dice) {
    let (from, to) = span(input, dice);
    let piece = input[from..to].to_vec();
    match dice.below(6) {
        0 => drop(input.drain(from..to)),
        1 => drop(input.splice(from..from, piece)),
        2 => drop(input.splice(from..to, dice.one(PIECES).bytes())),
        3 => drop(input.splice(from..from, dice.one(PIECES).bytes())),
        4 => {
            let other = dice.pick(corpus).cloned().unwrap_or_default();
            let (start, end) = span(&other, dice);
            drop(input.splice(from..to, other[start..end].iter().copied()));
        }
        _ => {
            if let Some(byte) = input.get_mut(from) {
                *byte ^= 1 << dice.below(8);
            }
        }
    }
}

/// A part of an input, more often a short one.
fn span(input: &[u8], dice: &mut Dice) -> (usize, usize) {
    let from = dice.below(input.len() + 1);
    let longest = dice.one([1, 2, 4, 16, 256]);
    (from, input.len().min(from + dice.below(longest + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_inputs() {
        let corpus = [b"Action=DescribeRegions".to_vec(), b"a=1&b=2".to_vec()];
        let inputs = |seed| {
            let mut dice = Dice::of(seed);
            (0..100).map(|_| mutated(&corpus, &mut dice)).collect::<Vec<_>>()
        };
        assert_eq!(inputs(1), inputs(1));
        assert_ne!(inputs(1), inputs(2));
    }

    #[test]
    fn nothing_makes_something() {
        let mut dice = Dice::of(1);
        assert!((0..100).any(|_| !mutated(&[], &mut dice).is_empty()));
    }
}
