//! Builds, serves and tests Parallel Lab: what `cargo xtask` does, as a
//! library, so that the browser tests can use the same server and paths.
//!
//! | module | subject |
//! |---|---|
//! | [`arguments`] | the command line |
//! | [`project`] | where things are: the clone, its `target/`, the user's cache |
//! | [`process`] | running other programs and showing what they say |
//! | [`toolchain`], [`tools`], [`bindgen`] | what the build needs, pinned |
//! | [`engines`], [`shared_memory`] | the two engines, and the check that the threaded one is |
//! | [`python`], [`rustpython`] | the Python interpreter's artefacts, and the source with our patches |
//! | [`add_python`], [`build_progress`] | Python for a site that is served already, and how far its build is |
//! | [`wasm_opt`], [`content_hash`], [`page`], [`site`] | from artefacts to the files of the site |
//! | [`parts`] | into which parts the page's program comes, and what they may weigh |
//! | [`data`], [`data_files`] | the data files that scripts read: what is in them, and which there are |
//! | [`hosting`] | what hosts and offline use need: headers, the service worker, the list of files |
//! | [`single_file`] | the site as one HTML file |
//! | [`dist`], [`serve`], [`test`], [`bench`], [`matrix`], [`screenshots`] | the commands |
//! | [`test_times`] | what each suite of tests took |
//! | [`python_reference`] | what CPython prints, for the tests of our Python |
//! | [`browsers`], [`axe`], [`slides`] | browsers, drivers, the accessibility checker, Reveal.js and pandoc for the tests |
//! | [`archive`] | what comes from npm's registry, PyPI or crates.io as an archive, pinned by hash |
//! | [`server`] | the static server, with faults for the tests |
//! | [`memory_limit`] | modules whose memory is refused to grow, for the tests |

pub mod add_python;
pub mod archive;
pub mod arguments;
pub mod axe;
pub mod bench;
pub mod bindgen;
pub mod browsers;
pub mod build_progress;
pub mod compact;
pub mod content_hash;
pub mod data;
#[path = "../../src/model/data_files.rs"]
pub mod data_files;
pub mod dist;
pub mod engines;
pub mod gzip;
pub mod hosting;
pub mod labs;
pub mod matrix;
pub mod memory_limit;
pub mod page;
pub mod parts;
pub mod process;
pub mod project;
pub mod python;
pub mod python_reference;
pub mod rustpython;
pub mod screenshots;
pub mod serve;
pub mod server;
pub mod shared_memory;
pub mod single_file;
pub mod site;
pub mod slides;
pub mod styles;
pub mod test;
pub mod test_times;
pub mod toolchain;
pub mod tools;
pub mod wasm_opt;
mod wasm_sections;
