//! From where a quiz file may come: from this site. A link must not have the page fetch from
//! elsewhere, nor from where the link only seems to lead.

/// What an address has to be, in words.
pub const ALLOWED: &str = "the address of a file on this site, as course/week3.json or /course/week3.json";

/// Why this is no address to fetch from: a clause; `None` where nothing speaks against it. That it
/// leads to this site the browser has to say, too: it resolves addresses.
#[must_use]
pub fn why_not(address: &str) -> Option<&'static str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if address.is_empty() {
        Some("it is empty")
    } else if address.chars().any(|it| it.is_control() || it.is_whitespace()) {
        Some("it has spaces or control characters")
    } else if address.contains('\\') {
        Some("it has backslashes")
    } else if address.starts_with("//") {
        Some("it leads to another host")
    } else if path.split('/').next().unwrap_or_default().contains(':') {
        Some("it has a scheme, which another site has")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_on_this_site_is_an_address() {
        for good in ["course/week3.json", "/a/b.json", "../a.json", "a.json?v=1:2", "a/b:c.json", "?a", "a@b.json"] {
            assert_eq!(why_not(good), None, "{good}");
        }
        for bad in [
            "",
            "https://example.org/a.json",
            "HTTPS:a.json",
            "//example.org/a.json",
            "\\\\example.org/a",
            "/\\example.org/a",
            "javascript:alert(1)",
            "data:application/json,[]",
            "blob:https://a/b",
            "file:///etc/passwd",
            "user:word@example.org/a",
            "/\t/example.org/a",
            " a",
            "a\n",
        ] {
            assert!(why_not(bad).is_some(), "{bad:?}");
        }
    }
}
