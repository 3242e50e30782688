//! Tables as text: TSV for pasting, CSV (RFC 4180) for files. A spreadsheet
//! never takes one of our texts for a formula.

use super::table::{Field, Table};

/// Tab-separated lines, the headings first.
#[must_use]
pub fn tsv(table: &Table) -> String {
    lines(table, "\t", "\n", |text| flat(&guarded(text)))
}

/// Comma-separated lines that end in CR LF, the headings first.
#[must_use]
pub fn csv(table: &Table) -> String {
    lines(table, ",", "\r\n", |text| quoted(&guarded(text)))
}

fn lines(table: &Table, between: &str, end: &str, write: impl Fn(&str) -> String) -> String {
    let heads = table.heads.iter().map(|head| write(head)).collect::<Vec<_>>();
    let rows = table.rows.iter().map(|row| {
        let field = |field: &Field| match field {
            Field::Empty => String::new(),
            Field::Number(digits) => digits.clone(),
            Field::Text(text) => write(text),
        };
        row.iter().map(field).collect::<Vec<_>>()
    });
    std::iter::once(heads).chain(rows).map(|fields| fields.join(between) + end).collect()
}

/// With an apostrophe before what a spreadsheet would take for a formula.
fn guarded(text: &str) -> String {
    let looks_like_a_formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if looks_like_a_formula { format!("'{text}") } else { text.to_owned() }
}

/// Tabs and line ends have no escape in TSV.
fn flat(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
}

fn quoted(text: &str) -> String {
    let needs_quotes = text.contains([',', '"', '\r', '\n', '\t', '\'']) || text.trim() != text;
    if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::table::tests::{machine, report};
    use super::super::table::{results, with_origin};
    use super::*;

    fn table(fields: Vec<Field>) -> Table {
        Table { heads: fields.iter().map(|_| "head".to_owned()).collect(), rows: vec![fields] }
    }

    fn text(text: &str) -> Field {
        Field::Text(text.to_owned())
    }

    #[test]
    fn csv_quotes_what_it_must() {
        let table = table(vec![
            Field::Number("-0.25".into()),
            Field::Empty,
            text("a,b"),
            text("say \"no\""),
            text("two\r\nlines"),
            text("plain"),
        ]);
        let expected = "head,head,head,head,head,head\r\n-0.25,,\"a,b\",\"say \"\"no\"\"\",\"two\r\nlines\",plain\r\n";
        assert_eq!(csv(&table), expected);
    }

    #[test]
    fn no_text_becomes_a_formula() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1"] {
            let line = csv(&table(vec![text(evil)]));
            assert!(line.contains("\r\n\"'"), "{line:?}");
            let line = tsv(&table(vec![text(evil)]));
            assert!(line.contains("\n'"), "{line:?}");
        }
        assert_eq!(tsv(&table(vec![Field::Number("-1".into())])), "head\n-1\n");
    }

    #[test]
    fn a_real_table_keeps_its_shape() {
        let report = report(30);
        let table = results(&[&report]);
        let text = tsv(&table);
        assert_eq!(text.lines().count(), 3);
        assert!(text.lines().all(|line| line.split('\t').count() == table.heads.len()), "{text}");
        assert!(text.starts_with("members\tsteps\texecutor\t") && text.contains("\twall_median_ms\t"));
        let text = csv(&with_origin(&[&report], &machine()));
        assert_eq!(text.matches("\r\n").count(), 3);
        assert!(text.contains("\"No, \"\"never\"\".\"") && text.contains("\"serial,vectorized,process,thread\""));
    }

    /// Reads CSV as RFC 4180 says.
    fn read(csv: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
        let (mut is_quoted, mut characters) = (false, csv.chars().peekable());
        while let Some(character) = characters.next() {
            match character {
                '"' if is_quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(std::mem::take(&mut field)),
                '\r' if !is_quoted && characters.peek() == Some(&'\n') => {
                    characters.next();
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                other => field.push(other),
            }
        }
        rows
    }

    proptest! {
        #[test]
        fn csv_reads_back(texts in prop::collection::vec("[ -~\r\n\tä…]{0,12}", 1..6)) {
            let read = read(&csv(&table(texts.iter().map(|it| text(it)).collect())));
            prop_assert_eq!(read.len(), 2);
            for (read, text) in read[1].iter().zip(&texts) {
                prop_assert!(read == text || read.strip_prefix('\'') == Some(text), "{read:?} of {text:?}");
            }
        }

        #[test]
        fn tsv_stays_in_its_cells(texts in prop::collection::vec("[ -~\r\n\t]{0,12}", 1..6)) {
            let written = tsv(&table(texts.iter().map(|it| text(it)).collect()));
            prop_assert_eq!(written.matches('\n').count(), 2);
            prop_assert_eq!(written.matches('\t').count(), 2 * (texts.len() - 1));
        }
    }
}
