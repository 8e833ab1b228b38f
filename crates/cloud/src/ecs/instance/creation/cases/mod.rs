//! Worked requests of both creations, by the phase that they end in. What both actions take, both are asked.

mod authorized;
mod compatible;
mod existing;
mod filled;
mod interfaces;
mod missing;
mod sold;
mod success;
mod well_formed;

use crate::case::Case;

const SHARED: [&[Case]; 8] = [
    success::SHARED,
    missing::SHARED,
    well_formed::SHARED,
    existing::SHARED,
    authorized::SHARED,
    compatible::SHARED,
    filled::SHARED,
    sold::SHARED,
];

/// Worked requests of RunInstances.
pub const RUN: &[Case] =
    &join::<{ SHARED_COUNT + success::RUN.len() + missing::RUN.len() + interfaces::RUN.len() }>(&[
        SHARED[0],
        success::RUN,
        missing::RUN,
        interfaces::RUN,
        SHARED[1],
        SHARED[2],
        SHARED[3],
        SHARED[4],
        SHARED[5],
        SHARED[6],
        SHARED[7],
    ]);

/// Worked requests of CreateInstance.
pub const CREATE: &[Case] = &join::<{ SHARED_COUNT + missing::CREATE.len() }>(&[
    SHARED[0],
    missing::CREATE,
    SHARED[1],
    SHARED[2],
    SHARED[3],
    SHARED[4],
    SHARED[5],
    SHARED[6],
    SHARED[7],
]);

const SHARED_COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < SHARED.len() {
        count += SHARED[at].len();
        at += 1;
    }
    count
};

/// The cases of all parts, of which there are `COUNT`.
const fn join<const COUNT: usize>(parts: &[&[Case]]) -> [Case; COUNT] {
    let mut all = [SHARED[0][0]; COUNT];
    let (mut to, mut part) = (0, 0);
    while part < parts.len() {
        let mut from = 0;
        while from < parts[part].len() {
            all[to] = parts[part][from];
            to += 1;
            from += 1;
        }
        part += 1;
    }
    assert!(to == COUNT, "every place is taken");
    all
}
