//! Where in an address a query stands: behind `?`, but for a long script.

/// A query of more characters may be more than a server takes: many refuse
/// addresses of 8,000. What stands behind `#` they never see.
const LONG_CHARS: usize = 2_000;
const BEHIND: &str = "#code=";
const CODE: &str = "code=";
const FURTHER_CODE: &str = "&code=";

/// What follows the page's address: `?query`, a long script behind `#`.
#[must_use]
pub fn to_suffix(query: &str) -> String {
    if query.is_empty() {
        return String::new();
    }
    let (rest, hash) = if query.len() > LONG_CHARS { split(query) } else { (query.to_owned(), "") };
    let hash_mark = if hash.is_empty() { "" } else { "#" };
    format!("?{rest}{hash_mark}{hash}")
}

/// The query without its script, and the script.
fn split(query: &str) -> (String, &str) {
    let begin = if query.starts_with(CODE) { Some(0) } else { query.find(FURTHER_CODE).map(|it| it + 1) };
    let Some(begin) = begin else { return (query.to_owned(), "") };
    let end = query[begin..].find('&').map_or(query.len(), |length| begin + length);
    let (before, after) = (query[..begin].trim_end_matches('&'), &query[end..]);
    (
        if before.is_empty() { after.trim_start_matches('&').to_owned() } else { [before, after].concat() },
        &query[begin..end],
    )
}

/// The query, without its `?`, of an address with this search and this hash.
#[must_use]
pub fn from_suffix(search: &str, hash: &str) -> String {
    let query = search.strip_prefix('?').unwrap_or(search);
    match hash.strip_prefix('#').filter(|_| is_script(hash)) {
        Some(code) if query.is_empty() => code.to_owned(),
        Some(code) => format!("{query}&{code}"),
        None => query.to_owned(),
    }
}

/// Whether what stands behind `#` is a script.
#[must_use]
pub fn is_script(hash: &str) -> bool {
    hash.starts_with(BEHIND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_script_stands_behind_the_hash_and_comes_back() {
        assert_eq!(to_suffix(""), "");
        assert_eq!(to_suffix("lab=x&code=1"), "?lab=x&code=1");
        let long = format!("lab=x&code={}&workers=2", "%0A".repeat(1000));
        let suffix = to_suffix(&long);
        assert!(suffix.starts_with("?lab=x&workers=2#code=%0A"), "{suffix}");
        let (search, hash) = suffix.split_once('#').expect("a hash");
        let query = from_suffix(search, &format!("#{hash}"));
        assert_eq!(query.split('&').count(), 3);
        assert!(query.starts_with("lab=x&workers=2&code=%0A"), "{query}");
        let first = to_suffix(&format!("code={}&workers=2", "x".repeat(3000)));
        assert!(first.starts_with("?workers=2#code=xx"), "{first}");
        let last = to_suffix(&format!("gil=off&code={}", "x".repeat(3000)));
        assert!(last.starts_with("?gil=off#code=xx"), "{last}");
    }

    #[test]
    fn other_hashes_mean_nothing() {
        assert_eq!(from_suffix("?members=5", "#forget"), "members=5");
        assert_eq!(from_suffix("", "#code=1"), "code=1");
        assert_eq!(from_suffix("", ""), "");
    }
}
