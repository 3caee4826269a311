//! The way in.

use std::process::ExitCode;

fn main() -> ExitCode {
    prewire::cli::main()
}
