//! The browser tests, in one program: so they share browsers, cores and what was compiled.
//! They are called `turns::firefox::stop_leaves_the_queue`: `cargo xtask test browser` runs all.

mod accessible;
mod clock;
mod contract;
mod deadlock;
mod embed;
mod faults;
mod figure;
mod files;
mod front;
mod gil;
mod gil_by_hand;
mod hostile;
mod hosting;
mod isolation;
mod labs;
mod loading;
mod long;
mod memory;
mod never_came;
mod numpy;
mod offline;
mod on_demand;
mod own_editor;
mod own_quiz;
mod paper;
mod picture;
mod profiling;
mod python;
mod quiz;
mod quiz_lines;
mod race;
mod reading;
mod scripts;
mod security;
mod sharing;
mod shortcode;
mod single_file;
mod slides;
mod small;
mod stop;
mod surroundings;
mod takeaway;
mod timeline;
mod translated;
mod turns;
mod workloads;

use std::process::ExitCode;

use browser_tests::runner;

fn main() -> ExitCode {
    runner::main(&[
        accessible::SUITE,
        clock::SUITE,
        contract::SUITE,
        deadlock::SUITE,
        embed::SUITE,
        faults::SUITE,
        figure::SUITE,
        files::SUITE,
        front::SUITE,
        gil::SUITE,
        gil_by_hand::SUITE,
        hostile::SUITE,
        hosting::SUITE,
        isolation::SUITE,
        labs::SUITE,
        loading::SUITE,
        long::SUITE,
        memory::SUITE,
        never_came::SUITE,
        numpy::SUITE,
        offline::SUITE,
        on_demand::SUITE,
        own_editor::SUITE,
        own_quiz::SUITE,
        paper::SUITE,
        picture::SUITE,
        profiling::SUITE,
        python::SUITE,
        quiz::SUITE,
        quiz_lines::SUITE,
        race::SUITE,
        reading::SUITE,
        scripts::SUITE,
        security::SUITE,
        sharing::SUITE,
        shortcode::SUITE,
        single_file::SUITE,
        slides::SUITE,
        small::SUITE,
        stop::SUITE,
        surroundings::SUITE,
        takeaway::SUITE,
        timeline::SUITE,
        translated::SUITE,
        turns::SUITE,
        workloads::SUITE,
    ])
}
