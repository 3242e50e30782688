//! What a terminal shows of what was printed.

use super::*;

fn after(printed: &str) -> String {
    let mut terminal = Terminal::default();
    terminal.write(false, printed);
    let whole = shown(&terminal);
    // However it is cut into pieces, it is the same.
    let mut terminal = Terminal::default();
    for letter in printed.chars() {
        terminal.write(false, letter.encode_utf8(&mut [0; 4]));
    }
    assert_eq!(shown(&terminal), whole);
    whole
}

fn looks(printed: &str) -> Vec<(Look, String)> {
    let mut terminal = Terminal::default();
    terminal.write(false, printed);
    terminal.last_lines().into_iter().map(|it| (it.look, it.text)).collect()
}

#[test]
fn plain_text_is_as_it_was_printed() {
    for plain in [
        "",
        "a",
        "a\n",
        "\n\na\n\nb",
        "é ü 漢字 🐍\n",
        "col\tcol2\n\tindented\n",
        &"x".repeat(3 * COLUMNS),
        "a\t\tb\t\n",
    ] {
        assert_eq!(after(plain), plain);
    }
    let many = "line\n".repeat(1000);
    assert_eq!(after(&many), many);
}

#[test]
fn a_line_is_written_over() {
    assert_eq!(after("\rstep 1/3\rstep 2/3\rstep 3/3\n"), "step 3/3\n");
    assert_eq!(after("done 100 %\rdone 9"), "done 900 %");
    assert_eq!(after("bell\x07 back\x08space"), "bell bacspace");
    assert_eq!(after("a\x08\x08\x08b"), "b");
    assert_eq!(after("long line\rx\x1b[K\n"), "x\n");
    assert_eq!(after("long line\x08\x08\x1b[1K"), "        e");
    assert_eq!(after("long line\x1b[2Kx"), "         x");
    assert_eq!(after("a\r\nb"), "a\nb");
}

#[test]
fn a_tab_is_written_over_as_blanks() {
    assert_eq!(after("a\tb\rxyz"), "xyz     b");
    assert_eq!(after("a\tb\r\tc"), "a\tc");
    assert_eq!(after("abcdefghij\r\tx"), "abcdefghxj");
    assert_eq!(after("a\t\x1b[1K"), " ".repeat(9).get(..8).unwrap_or_default());
}

#[test]
fn bars_below_each_other_are_written_over() {
    let bars = "first  0 %\nsecond 0 %\r\x1b[A\rfirst 50 %\n\rsecond 9 %\x1b[A\x1b[A\x1b[A\rf\n\n";
    assert_eq!(after(bars), "first 50 %\nsecond 9 %\n");
    // Above what can be written over there is nothing to go to.
    let printed = format!("{}\x1b[999A\rover", "line\n".repeat(100));
    assert_eq!(after(&printed).matches("line").count(), 99);
}

/// As `tqdm` writes to stderr, with its own marks.
#[test]
fn a_progress_bar_is_one_line() {
    let mut terminal = Terminal::default();
    for percent in 0..=100 {
        terminal.write(true, &format!("\r{percent:3}%|{:<10}| {percent}/100", "█".repeat(percent / 10)));
    }
    terminal.write(true, "\n");
    terminal.write(false, "done\n");
    assert_eq!(shown(&terminal), format!("100%|{}| 100/100\ndone\n", "█".repeat(10)));
    let spans = terminal.last_lines();
    assert!(spans[0].look.is_error && !spans[1].look.is_error && spans[1].text == "done\n", "{spans:?}");
}

#[test]
fn an_empty_line_is_its_streams() {
    let mut terminal = Terminal::default();
    terminal.write(true, "a\n\nb\n");
    terminal.write(false, "\nc\n");
    let both: Vec<_> = terminal.last_lines().into_iter().map(|it| (it.look.is_error, it.text)).collect();
    assert_eq!(both, [(true, "a\n\nb\n".to_owned()), (false, "\nc\n".to_owned())]);
}

#[test]
fn colours_begin_and_end() {
    let plain = Look::default();
    let red = Look { ink: Some(1), ..plain };
    let text = |look: Look, text: &str| (look, text.to_owned());
    assert_eq!(looks("a \x1b[31mred\x1b[0m done\n"), [text(plain, "a "), text(red, "red"), text(plain, " done\n")]);
    let both = Look { ink: Some(3), ground: Some(4), is_bold: true, is_error: false };
    assert_eq!(looks("\x1b[1;33;44mx\x1b[22;39;49my"), [text(both, "x"), text(plain, "y")]);
    assert_eq!(looks("\x1b[?25l\x1b]0;title\x07\x1b[2Jx"), [text(plain, "x")]);
    // A line that is written over has lost its colours, too.
    assert_eq!(looks("\x1b[31mred\x1b[0m\rnow\n"), [text(plain, "now\n")]);
}

#[test]
fn of_too_much_the_first_and_the_last_lines_are_kept() {
    const LINES: u64 = 100_000;
    let mut terminal = Terminal::default();
    (0..LINES).for_each(|number| terminal.write(false, &format!("line {number}\n")));
    let shown = shown(&terminal);
    assert!(shown.starts_with("line 0\nline 1\n") && shown.ends_with(&format!("\nline {}\n", LINES - 1)));
    let (before, rest) = shown.split_once("\n[").unwrap();
    let (said, after) = rest.split_once("]\n").unwrap();
    let left_out: u64 = said.strip_suffix(" lines were left out here.").unwrap().replace(',', "").parse().unwrap();
    let numbers = |text: &str| text.lines().filter(|it| !it.is_empty()).count() as u64;
    assert_eq!(numbers(before) + left_out + numbers(after), LINES);
    let first: u64 = after.lines().next().unwrap()["line ".len()..].parse().unwrap();
    assert_eq!(first, numbers(before) + left_out);
    // What is a course's own long output is there as a whole.
    let mut terminal = Terminal::default();
    (0..20_000).for_each(|number| terminal.write(false, &format!("line {number}\n")));
    assert_eq!(terminal.left_out(), None);
}

#[test]
fn hostile_output_is_bounded() {
    let held = |terminal: &Terminal| {
        let spans = terminal.blocks().iter().flat_map(|it| &it.spans);
        let (count, bytes) = spans.fold((0, 0), |(count, bytes), it| (count + 1, bytes + it.text.len()));
        (count, bytes, terminal.last_lines().len())
    };
    let endless = [
        "\r",
        "x",
        "\x1b[1;31mx\x1b[32my",
        "\x1b[A",
        "\n",
        "\t",
        "\x1b[K",
        "\x08",
        "\x1b[",
        "\x1b]",
        "x\r",
        "\t\r\n",
        "x\x1b[A",
        "\x1b[9999Bx\x1b[9999A",
        "漢",
        "\x1b[41mx\x1b[42my\n",
    ];
    for piece in endless {
        let mut terminal = Terminal::default();
        terminal.write(false, &piece.repeat(1_000_000 / piece.len()));
        let (spans, bytes, last) = held(&terminal);
        assert!(
            spans <= 33 * 1200 && bytes <= 33 * 2 * BLOCK_BYTES && last <= ROWS * COLUMNS,
            "{piece:?}: {spans} {bytes} {last}"
        );
    }
    let mut terminal = Terminal::default();
    terminal.write(false, &"x".repeat(1_000_000));
    assert!(shown(&terminal).contains("\n[Part of a long line was left out here.]\n"));
}
