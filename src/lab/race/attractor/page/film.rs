//! Frame after frame, for as long as something moves or is not yet drawn.

use std::rc::Rc;

use leptos::html::Canvas;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use super::scene::{Frame, Moment, Scene};
use crate::lab::race::attractor::camera::Camera;
use crate::lab::race::attractor::playback;
use crate::lab::race::page::state::Race;
use crate::lab::race::report::Report;
use crate::page::state::Activity;
use crate::page::{dom, paper};
use crate::view::surface::Surface;

/// Frames farther apart belong to two gestures, ms.
const GESTURE_GAP_MS: f64 = 300.0;

/// What the picture shows, and who draws it; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Film {
    race: Race,
    canvas: NodeRef<Canvas>,
    /// The run that is shown.
    pub(super) report: RwSignal<Option<Rc<Report>>, LocalStorage>,
    /// From where it is looked at.
    pub(super) camera: RwSignal<Camera>,
    /// The step that is shown.
    pub(super) step: RwSignal<u32>,
    /// Time goes on by itself.
    pub(super) is_playing: RwSignal<bool>,
    /// The ensemble mean's path is drawn.
    pub(super) with_mean: RwSignal<bool>,
    /// The step at which the members part.
    pub(super) parting: RwSignal<Option<u32>>,
    projector: StoredValue<Projector, LocalStorage>,
}

/// What goes on from frame to frame.
#[derive(Default)]
struct Projector {
    scene: Option<Scene>,
    is_scheduled: bool,
    /// Colours or sizes have changed.
    is_stale: bool,
    /// The time that is played, in steps and parts of them.
    position: f64,
    /// When the last frame began, ms.
    last_ms: f64,
    /// The longest script of a frame of this gesture, ms.
    longest_ms: f64,
}

impl Film {
    pub(super) fn new(race: Race, canvas: NodeRef<Canvas>) -> Self {
        Self {
            race,
            canvas,
            report: RwSignal::new_local(None),
            camera: RwSignal::new(Camera::SIDE),
            step: RwSignal::new(0),
            is_playing: RwSignal::new(false),
            with_mean: RwSignal::new(false),
            parting: RwSignal::new(None),
            projector: StoredValue::new_local(Projector::default()),
        }
    }

    /// Draws whenever something has changed.
    pub(super) fn follow(self) {
        paper::before_printing(move || self.draw_at_once());
        Effect::new(move || {
            self.race.page.appearance.track();
            self.projector.update_value(|it| it.is_stale = true);
            self.wake();
        });
        Effect::new(move || {
            let (activity, report) = (self.race.page.activity.get(), self.race.report.get());
            if activity == Activity::Running {
                // Drawing and playing take time from what is being measured.
                self.is_playing.set(false);
            } else if report.as_ref().map(Rc::as_ptr) != self.report.get_untracked().as_ref().map(Rc::as_ptr) {
                self.show(report);
            }
        });
        Effect::new(move || {
            let _ = (self.camera.get(), self.step.get(), self.with_mean.get(), self.is_playing.get());
            self.wake();
        });
    }

    /// Shows another run, at its end.
    fn show(self, report: Option<Rc<Report>>) {
        self.projector.update_value(|it| it.scene = None);
        self.is_playing.set(false);
        self.parting.set(None);
        self.step.set(report.as_ref().map_or(0, |report| report.settings.steps));
        self.report.set(report);
        self.wake();
    }

    /// Steps and time step of the run that is shown.
    pub(super) fn length(self) -> Option<(u32, f64)> {
        self.report.with(|report| {
            let report = report.as_ref().filter(|report| report.drawing.is_some())?;
            Some((report.settings.steps, report.settings.dt))
        })
    }

    /// Plays on, from the start where time is at its end; or pauses.
    pub(super) fn toggle(self) {
        let Some((steps, _)) = untrack(|| self.length()) else { return };
        if self.is_playing.get_untracked() {
            self.is_playing.set(false);
            return;
        }
        if self.step.get_untracked() >= steps {
            self.step.set(0);
        }
        self.is_playing.set(true);
    }

    /// Shows another step.
    pub(super) fn scrub(self, step: u32) {
        self.is_playing.set(false);
        self.step.set(step);
    }

    fn wake(self) {
        // No frame comes while the browser prints.
        if paper::is_printing() {
            return;
        }
        let was_scheduled = self.projector.try_update_value(|it| std::mem::replace(&mut it.is_scheduled, true));
        if was_scheduled == Some(false) {
            request_animation_frame(move || {
                self.frame();
            });
        }
    }

    fn draw_at_once(self) {
        let is_seen = self.canvas.try_get_untracked().flatten().is_some_and(|it| it.client_width() > 0);
        if is_seen {
            self.projector.update_value(|it| it.is_stale = true);
            while paper::is_printing() && !self.frame() {}
        }
    }

    /// Draws a frame; whether nothing is left to draw.
    fn frame(self) -> bool {
        let begin_ms = dom::now_ms();
        let is_alive = self.projector.try_update_value(|it| it.is_scheduled = false).is_some();
        if !is_alive {
            return true;
        }
        if !self.prepare() {
            return untrack(|| self.length()).is_none();
        }
        // On paper no time passes.
        let is_printing = paper::is_printing();
        if !is_printing {
            self.pass_time(begin_ms);
        }
        let moment = Moment {
            camera: self.camera.get_untracked(),
            step: self.step.get_untracked(),
            with_mean: self.with_mean.get_untracked(),
            is_playing: self.is_playing.get_untracked() && !is_printing,
        };
        let frame = self.projector.try_update_value(|it| it.scene.as_mut().map(|scene| scene.draw(moment, begin_ms)));
        let Some(frame) = frame.flatten() else { return true };
        if frame.points > 0 {
            self.tell(begin_ms, frame);
        }
        self.projector.update_value(|it| it.last_ms = begin_ms);
        let is_done = !moment.is_playing && frame.is_at_rest;
        if !is_done {
            self.wake();
        }
        is_done
    }

    /// Sees to it that there is a scene of the right size; false where there is
    /// none, or it took all of this frame to make it.
    fn prepare(self) -> bool {
        let Some(canvas) = self.canvas.get_untracked() else { return false };
        let is_stale = self.projector.try_update_value(|it| std::mem::take(&mut it.is_stale)).unwrap_or_default();
        let has_scene = self.projector.with_value(|it| it.scene.is_some());
        if !has_scene {
            self.set_the_scene(&canvas);
            return false;
        }
        if !is_stale {
            return true;
        }
        let Some(surface) = Surface::keep(&canvas, 1.0) else { return false };
        let was_drawn = self.projector.try_update_value(|it| it.scene.as_mut().map(|scene| scene.decorate(surface)));
        if was_drawn == Some(Some(true)) {
            return true;
        }
        self.wake();
        false
    }

    /// Measures the run; the picture of an earlier one stays until the next frame.
    fn set_the_scene(self, canvas: &HtmlCanvasElement) {
        let Some(scene) = self.report.get_untracked().and_then(Scene::new) else {
            let _ = Surface::prepare(canvas, 1.0);
            return;
        };
        self.parting.set(scene.parting());
        self.projector.update_value(|it| {
            (it.scene, it.is_stale) = (Some(scene), true);
        });
        self.wake();
    }

    /// Lets time pass while it is played.
    fn pass_time(self, now_ms: f64) {
        let Some((steps, dt)) = untrack(|| self.length()).filter(|_| self.is_playing.get_untracked()) else { return };
        let step = self.step.get_untracked();
        let (position, last_ms) = self.projector.with_value(|it| (it.position, it.last_ms));
        // Whoever moved the slider meanwhile moved the time.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let position = if position as u32 == step { position } else { f64::from(step) };
        let next = playback::advance(position, now_ms - last_ms, steps, dt);
        if next.is_none() {
            self.is_playing.set(false);
        }
        let next = next.unwrap_or(f64::from(steps));
        self.projector.update_value(|it| it.position = next);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        self.step.set(next as u32);
    }

    /// Says on the canvas how many points were drawn, how long the script of
    /// this frame took, and that of the longest frame of this gesture, ms.
    fn tell(self, begin_ms: f64, frame: Frame) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let took_ms = dom::now_ms() - begin_ms;
        let longest_ms = self.projector.try_update_value(|it| {
            let before_ms = if begin_ms - it.last_ms > GESTURE_GAP_MS { 0.0 } else { it.longest_ms };
            it.longest_ms = before_ms.max(took_ms);
            it.longest_ms
        });
        let _ = canvas.set_attribute("data-points", &frame.points.to_string());
        let _ = canvas.set_attribute("data-at-rest", &frame.is_at_rest.to_string());
        let _ = canvas.set_attribute("data-script-ms", &format!("{took_ms:.3}"));
        let _ = canvas.set_attribute("data-frame-ms", &format!("{:.3}", longest_ms.unwrap_or(took_ms)));
    }
}
