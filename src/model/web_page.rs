//! What hosts send in place of a file: a page to log in to, or one that says that it is not there.

/// Whether this is a page of HTML, which no file of ours begins as.
#[must_use]
pub fn is_web_page(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_from_a_file() {
        assert!(is_web_page(b"\n <!doctype html>") && is_web_page(b"<"));
        assert!(!is_web_page(b"month,temperature") && !is_web_page(b"{\"a\": \"<\"}") && !is_web_page(b" \n"));
    }
}
