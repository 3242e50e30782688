//! Mounts the lab into its page.

#[cfg(all(feature = "ui", target_family = "wasm"))]
fn main() {
    parallel_lab::mount();
}

#[cfg(not(all(feature = "ui", target_family = "wasm")))]
fn main() {
    eprintln!("The lab runs in a browser: `cargo xtask serve` builds and serves it.");
}
