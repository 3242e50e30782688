//! What a person does: clicks, puts the focus somewhere, presses keys, turns the wheel.
//! What the lab has no use for, the page around it hears of.

use serde_json::{Value, json};
use thirtyfour::common::command::Command as Request;
use thirtyfour::{By, Key, WebDriver};

use crate::lab::Heard;
use crate::{Lab, Outcome, Stage, ensure};

/// Stops of Tab until all of a page have had the focus.
const STOPS: usize = 80;

/// Clicks on the first that matches, as a pointer does.
///
/// # Errors
/// When there is none, or it can't be reached.
pub async fn click(stage: &Stage, selector: &str) -> Outcome {
    Ok(stage.driver.find(By::Css(selector)).await?.click().await?)
}

/// Presses a key where the focus is.
///
/// # Errors
/// What the browser says.
pub async fn press(stage: &Stage, key: Key) -> Outcome {
    Ok(stage.driver.active_element().await?.send_keys(String::from(char::from(key))).await?)
}

/// Whether the focus is on what matches.
///
/// # Errors
/// What the browser says.
pub async fn is_focused(lab: &Lab, selector: &str) -> Outcome<bool> {
    let script = "return document.activeElement?.matches(arguments[0]) ?? false;";
    Ok(lab.script(script, vec![json!(selector)]).await? == true)
}

/// Waits until the focus is on what matches.
///
/// # Errors
/// When it does not come there in time.
pub async fn has_focus(lab: &Lab, selector: &str) -> Outcome {
    let question = "return document.activeElement?.matches(arguments[0]);";
    lab.comes(&format!("focus on {selector}"), question, vec![json!(selector)]).await.map(drop)
}

/// Tabs on until the focus is on what matches.
///
/// # Errors
/// When Tab does not lead there.
pub async fn tab_to(stage: &Stage, lab: &Lab, selector: &str) -> Outcome {
    for _ in 0..STOPS {
        if is_focused(lab, selector).await? {
            return Ok(());
        }
        press(stage, Key::Tab).await?;
    }
    Err(format!("no way to {selector} by Tab").into())
}

/// Puts the focus there, as a click or Tab would.
///
/// # Errors
/// When it can't have the focus.
pub async fn focus(lab: &Lab, selector: &str) -> Outcome {
    let script = "
        const element = document.querySelector(arguments[0]);
        window.focus();
        element.focus();
        return document.activeElement === element;";
    let has_focus = lab.inside(script, vec![json!(selector)]).await?;
    ensure!(has_focus == true, "{selector} can't have the focus");
    Ok(())
}

/// Presses keys together in the frame with that id, the last one of them last.
///
/// # Errors
/// What the browser says.
pub async fn press_in(driver: &WebDriver, frame: &str, keys: &[Key]) -> Outcome {
    driver.find(By::Id(frame)).await?.enter_frame().await?;
    let step = |kind: &str, key: &Key| json!({ "type": kind, "value": char::from(key.clone()).to_string() });
    let mut steps: Vec<_> = keys.iter().map(|key| step("keyDown", key)).collect();
    steps.extend(keys.iter().rev().map(|key| step("keyUp", key)));
    let done = act(driver, json!([{ "type": "key", "id": "keys", "actions": steps }])).await;
    driver.enter_default_frame().await?;
    done
}

/// Has the page around a lab ask for the keys that the lab has no use for.
///
/// # Errors
/// When the lab does not answer.
pub async fn ask_for_keys(lab: &Lab) -> Outcome {
    let index = lab.send("hello", json!({ "keys": true })).await?;
    lab.next(index, &["ready"]).await.map(drop)
}

/// The keys that came to the page around a lab so far: all that were pressed before
/// have had their effect.
///
/// # Errors
/// When the lab does not answer.
pub async fn keys_heard(lab: &Lab) -> Outcome<Vec<Value>> {
    // What the lab posts comes in order.
    lab.hello().await?;
    let is_key = |heard: &Heard| heard.kind() == "key";
    Ok(lab.heard().await?.into_iter().filter(is_key).map(|heard| heard.message).collect())
}

/// Turns the wheel over an element of the frame with that id.
///
/// # Errors
/// What the browser says.
pub async fn wheel_in(driver: &WebDriver, frame: &str, selector: &str, by_px: i64) -> Outcome {
    driver.find(By::Id(frame)).await?.enter_frame().await?;
    let element = driver.find(By::Css(selector)).await?;
    let turn = json!({
        "type": "scroll", "duration": 0, "origin": element.to_json()?, "x": 0, "y": 0, "deltaX": 0, "deltaY": by_px,
    });
    let done = act(driver, json!([{ "type": "wheel", "id": "wheel", "actions": [turn] }])).await;
    driver.enter_default_frame().await?;
    done
}

async fn act(driver: &WebDriver, sources: Value) -> Outcome {
    driver.handle().cmd(Request::PerformActions(sources.into())).await?;
    Ok(())
}
