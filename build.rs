//! Asks the linker for what makes the program smaller in memory, where it is asked of this very
//! machine and it can do it: relative relocations in their packed form, a megabyte less on disk and in
//! each of the two processes that a screen takes; and the functions that sessions run side by side
//! (`assets/near.ld`), since memory is mapped in pieces of 64 kB; functions that are the same to the last
//! byte are kept once; and the unwinder is a part of the program. Everywhere else nothing is asked for.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The first release of the GNU C library that reads packed relocations.
const READS_PACKED: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=assets/near.ld");
    let is_gnu = of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ENV") == "gnu";
    if !is_gnu || of("HOST") != of("TARGET") {
        return;
    }
    if c_library().is_some_and(|found| found >= READS_PACKED) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    // A program that is built to be tested is not measured.
    if of("PROFILE") != "release" {
        return;
    }
    let near = format!("-Wl,-T,{}/assets/near.ld", of("CARGO_MANIFEST_DIR"));
    let once = "-Wl,--icf=all".to_owned();
    for wish in [near, once] {
        if links_with(&["-C", &format!("link-arg={wish}")]).is_some() {
            println!("cargo:rustc-link-arg-bins={wish}");
        }
    }
    if let Some(place) = unwinder().filter(|place| links_with(&["-L", place]).is_some()) {
        println!("cargo:rustc-link-search={place}");
    }
}

/// Where the linker finds, under the name of the shared unwinder, the one that becomes a part of the
/// program: loading a library of its own for what a crash report alone calls takes each start a
/// tenth of a millisecond.
fn unwinder() -> Option<String> {
    let place = PathBuf::from(of("OUT_DIR")).join("unwinder");
    std::fs::create_dir_all(&place).ok()?;
    std::fs::write(place.join("libgcc_s.so"), "INPUT(-l:libgcc_eh.a)\n").ok()?;
    place.to_str().map(|place| format!("native={place}"))
}

fn of(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// The release of the C library of this machine, as in `glibc 2.41`.
fn c_library() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}

/// Whether the linker takes these arguments; tried on a program that does nothing. Not every one reads
/// such lists and scripts.
fn links_with(arguments: &[&str]) -> Option<()> {
    let out = PathBuf::from(of("OUT_DIR"));
    let source = out.join("nothing.rs");
    std::fs::write(&source, "fn main() {}").ok()?;
    let mut rustc = Command::new(of("RUSTC"));
    rustc.arg(&source).arg("-o").arg(out.join("nothing"));
    rustc.args(["--crate-name", "nothing"]).args(arguments);
    rustc.args(of("CARGO_ENCODED_RUSTFLAGS").split('\x1f').filter(|flag| !flag.is_empty()));
    let linker = of("RUSTC_LINKER");
    if !linker.is_empty() {
        rustc.arg("-C").arg(format!("linker={linker}"));
    }
    let tried = rustc.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.ok()?.success().then_some(())
}
