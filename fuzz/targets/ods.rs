#![no_main]

#[path = "../reading.rs"]
#[allow(dead_code)]
mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::ods(bytes));
