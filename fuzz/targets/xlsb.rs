#![no_main]

#[path = "../reading.rs"]
#[allow(dead_code)]
mod reading;

libfuzzer_sys::fuzz_target!(
    // The reader behind ours may panic and is caught; libFuzzer's own hook would end the run there. What nobody catches still does.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| reading::xlsb(bytes)
);
