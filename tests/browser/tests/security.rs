//! What the page may do, and what it does not: strict content security policy,
//! no other host, no cookies, any path prefix.

use browser_tests::expected::Case;
use browser_tests::report::all_ok_with_hash;
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::json;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            the_policy_is_strict_and_kept,
            no_other_host_and_no_cookies;
        either:
            any_path_prefix_will_do;
    ],
);

async fn the_policy_is_strict_and_kept(stage: &Stage) -> Outcome {
    let case = Case::native(25, 800, 6);
    let lab = stage.open(&format!("{}&repeats=2&start=spawn", case.query())).await?;
    let script = "return document.querySelector('meta[http-equiv=\"Content-Security-Policy\" i]')?.content ?? '';";
    let policy = lab.script(script, vec![]).await?;
    let policy = policy.as_str().unwrap_or_default();
    ensure!(policy.contains("default-src") && policy.contains("script-src"), "the policy is {policy:?}");
    for hole in ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"] {
        ensure!(!policy.contains(hole), "the policy allows {hole}: {policy}");
    }
    // That it is in force: an inline script does not run, and is reported.
    let script = "
        const [answer] = arguments;
        document.addEventListener('securitypolicyviolation', () => setTimeout(() => answer([window.inline ?? null, window.recorder.violations.length]), 0), { once: true });
        const inline = document.createElement('script');
        inline.textContent = 'window.inline = true';
        document.body.append(inline);";
    let ours = lab.script_async(script, vec![]).await?;
    ensure!(ours == json!([null, 1]), "an inline script ran, or other violations came before: {ours}");

    let finished = lab.race().await?;
    all_ok_with_hash(&finished, &case.final_fnv1a64)?;
    let violations = lab.script("return window.recorder.violations.slice(1);", vec![]).await?;
    ensure!(violations == json!([]), "the page broke its own policy: {violations}");
    let errors = lab.script("return window.recorder.errors.filter((error) => !/inline/.test(error));", vec![]).await?;
    ensure!(errors == json!([]), "errors on the console: {errors}");
    Ok(())
}

async fn no_other_host_and_no_cookies(stage: &Stage) -> Outcome {
    let case = Case::native(25, 800, 6);
    let lab = stage.open(&case.query()).await?;
    all_ok_with_hash(&lab.race().await?, &case.final_fnv1a64)?;
    let script = "return performance.getEntriesByType('resource').map((entry) => entry.name)
        .filter((name) => !name.startsWith(location.origin + '/') && !name.startsWith('blob:' + location.origin));";
    let elsewhere = lab.script(script, vec![]).await?;
    ensure!(elsewhere == json!([]), "requests to {elsewhere}");
    let cookies = lab.script("return document.cookie;", vec![]).await?;
    ensure!(cookies == "", "cookies: {cookies}");
    let all = stage.driver.get_all_cookies().await?;
    ensure!(all.is_empty(), "cookies: {all:?}");
    Ok(())
}

async fn any_path_prefix_will_do(stage: &Stage) -> Outcome {
    let site = Site::start_under("/courses/year 2/")?;
    let case = Case::native(25, 800, 6);
    for page in ["index.html", ""] {
        stage.driver.goto(site.url(&format!("{page}?{}&start=spawn", case.query()))).await?;
        let lab = Lab::unframed(&stage.driver);
        lab.ready().await?;
        all_ok_with_hash(&lab.race().await?, &case.final_fnv1a64)?;
    }
    Ok(())
}
