//! Fuzzes the reader of the format `docx`.
#![no_main]

use asador::input::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| asador_fuzz::read(bytes, Format::Docx));
