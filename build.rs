//! Asks the linker for relative relocations in their packed form: a megabyte less on disk, and in the
//! memory of each of the two processes that a screen takes. Only for this very machine, and only
//! where its C library, 2.36 or later, reads them; everywhere else nothing is asked for.

use std::process::Command;

/// The first release of the GNU C library that reads packed relocations.
const READS_PACKED: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let of = |name: &str| std::env::var(name).unwrap_or_default();
    let is_gnu = of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ENV") == "gnu";
    let is_here = of("HOST") == of("TARGET");
    if is_gnu && is_here && c_library().is_some_and(|found| found >= READS_PACKED) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The release of the C library of this machine, as in `glibc 2.41`.
fn c_library() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
