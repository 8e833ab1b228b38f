//! The target `output` of crates/fuzz.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| moyun_fuzz::run("output", input));
