//! What of the timeline is looked at, and how keys and pointers change it.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use super::layout::{Across, Down};
use super::walk::{Step, hit, moved};
use super::window::{Window, ZOOM};
use super::words;
use crate::model::course::{Course, Place};
use crate::page::dom;

/// How much of the window one step of panning goes.
const PAN: f64 = 0.2;
/// A pointer that went no farther than this was meant to stay.
const STILL: f64 = 4.0;

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Drag {
    pointer: i32,
    /// Where it last was, from the chart's left edge.
    x: f64,
    /// How far it has come.
    way: f64,
}

/// The signals of one timeline, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    /// What there is to look at.
    pub(super) courses: Memo<Vec<Arc<Course>>>,
    /// What is looked at.
    pub(super) course: Memo<Option<Arc<Course>>>,
    /// The id of the course that was asked for.
    pub(super) chosen: RwSignal<Option<&'static str>>,
    /// `None`: the whole time.
    zoomed: RwSignal<Option<Window>>,
    selected: RwSignal<Option<Place>>,
    hovered: RwSignal<Option<Place>>,
    drag: StoredValue<Option<Drag>>,
}

impl Sight {
    /// Looks at the chosen one of these courses, or else at the lab's favourite;
    /// another course is seen as a whole first.
    pub(super) fn new(courses: Memo<Vec<Arc<Course>>>, favourite: Signal<usize>) -> Self {
        let chosen = RwSignal::new(None);
        let course = Memo::new(move |_| {
            courses.with(|courses| {
                let chosen = chosen.get().and_then(|id| courses.iter().find(|it| it.id == id));
                chosen.or_else(|| courses.get(favourite.get())).or_else(|| courses.first()).cloned()
            })
        });
        let sight = Self {
            courses,
            course,
            chosen,
            zoomed: RwSignal::new(None),
            selected: RwSignal::new(None),
            hovered: RwSignal::new(None),
            drag: StoredValue::new(None),
        };
        Effect::new(move || {
            course.track();
            sight.zoomed.set(None);
            sight.leave();
        });
        sight
    }

    /// The part of the time that is seen.
    pub(super) fn window(self) -> Window {
        let wall_ms = self.course.with(|it| it.as_ref().map_or(0.0, |it| it.wall_ms));
        self.zoomed.get().unwrap_or_else(|| Window::whole(wall_ms))
    }

    /// The stretch whose figures are told: the pointer goes before the selection.
    pub(super) fn marked(self) -> Option<Place> {
        self.hovered.get().or(self.selected.get())
    }

    /// The marked stretch's figures.
    pub(super) fn figures(self) -> Option<String> {
        let place = self.marked()?;
        self.course.with(|course| {
            let (lane, stretch) = course.as_ref()?.at(place)?;
            Some(words::figures(lane, stretch))
        })
    }

    /// Closer around the selected stretch, if it is seen, or farther away.
    pub(super) fn zoom(self, factor: f64) {
        let window = untrack(move || self.window());
        let around_ms = self.selected_middle_ms().unwrap_or_else(|| window.middle_ms());
        self.look(window.zoomed(factor, around_ms));
    }

    /// All of the time again.
    pub(super) fn zoom_out_fully(self) {
        self.zoomed.set(None);
    }

    fn look(self, window: Window) {
        self.zoomed.set((!window.is_whole()).then_some(window));
    }

    fn selected_middle_ms(self) -> Option<f64> {
        let place = self.selected.get_untracked()?;
        self.course.with_untracked(|course| Some(course.as_ref()?.at(place)?.1.middle_ms()))
    }

    fn pan(self, share: f64) {
        let window = untrack(move || self.window());
        self.look(window.panned(share * window.width_ms()));
    }

    fn step(self, step: Step) {
        let window = untrack(move || self.window());
        self.course.with_untracked(|course| {
            let Some(course) = course else { return };
            let place = moved(course, self.selected.get_untracked(), step);
            self.hovered.set(None);
            self.selected.set(place);
            if let Some((_, stretch)) = place.and_then(|place| course.at(place)) {
                self.look(window.showing(stretch.start_ms, stretch.end_ms));
            }
        });
    }

    /// Nothing is marked any more.
    fn leave(self) {
        self.selected.set(None);
        self.hovered.set(None);
        self.drag.set_value(None);
    }

    /// Takes the keys that mean something here; all others go their own way.
    pub(super) fn on_key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match (event.key().as_str(), event.shift_key()) {
            ("ArrowLeft", true) => self.pan(-PAN),
            ("ArrowRight", true) => self.pan(PAN),
            ("ArrowLeft", false) => self.step(Step::Earlier),
            ("ArrowRight", false) => self.step(Step::Later),
            ("ArrowUp", false) => self.step(Step::Up),
            ("ArrowDown", false) => self.step(Step::Down),
            ("Home", _) => self.step(Step::First),
            ("End", _) => self.step(Step::Last),
            ("+" | "=", _) => self.zoom(ZOOM),
            ("-" | "_", _) => self.zoom(1.0 / ZOOM),
            ("0", _) => self.zoom_out_fully(),
            ("Escape", _) => {
                self.leave();
                if let Some(chart) = chart_of(event) {
                    let _ = chart.blur();
                }
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// A press may become a drag or a choice.
    pub(super) fn on_pointer_down(self, event: &PointerEvent) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        if let Some(chart) = chart_of(event) {
            let _ = chart.set_pointer_capture(event.pointer_id());
        }
        self.drag.set_value(Some(Drag { pointer: event.pointer_id(), x: offset(event).0, way: 0.0 }));
    }

    /// Drags the window along, or tells what is under the pointer.
    pub(super) fn on_pointer_move(self, event: &PointerEvent) {
        let (x, _) = offset(event);
        let Some(drag) = self.drag.get_value().filter(|drag| drag.pointer == event.pointer_id()) else {
            self.hovered.set(self.pointed_at(event));
            return;
        };
        let way = drag.way + (x - drag.x).abs();
        self.drag.set_value(Some(Drag { x, way, ..drag }));
        if way > STILL
            && let Some(across) = self.across(event)
        {
            self.pan((drag.x - x) / across.length);
        }
    }

    /// A press that stayed where it was chooses the stretch under it.
    pub(super) fn on_pointer_up(self, event: &PointerEvent) {
        let Some(drag) = self.drag.get_value() else { return };
        self.drag.set_value(None);
        if drag.pointer == event.pointer_id() && drag.way <= STILL {
            self.hovered.set(None);
            self.selected.set(self.pointed_at(event));
        }
    }

    /// The pointer is gone, or was taken for scrolling.
    pub(super) fn on_pointer_leave(self) {
        self.hovered.set(None);
        self.drag.set_value(None);
    }

    /// The time's extent across the chart that the event is on.
    fn across(self, event: &PointerEvent) -> Option<Across> {
        let (width, _) = size(event)?;
        self.course.with_untracked(|course| Some(Across::beside(width, &course.as_ref()?.lanes)))
    }

    fn pointed_at(self, event: &PointerEvent) -> Option<Place> {
        let across = self.across(event)?;
        let window = untrack(move || self.window());
        let ((_, height), (x, y)) = (size(event)?, offset(event));
        let share = across.share(x);
        let tolerance = across.tolerance();
        if !(-tolerance..=1.0 + tolerance).contains(&share) {
            return None;
        }
        self.course.with_untracked(|course| {
            let course = course.as_ref()?;
            let lane = Down::of(height, course.lanes.len()).lane_at(y)?;
            hit(course, lane, window.time_ms(share), tolerance * window.width_ms())
        })
    }
}

fn chart_of(event: &web_sys::Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

/// The size of the chart that the event is on, in the layout's lengths.
fn size(event: &PointerEvent) -> Option<(f64, f64)> {
    let chart: Element = event.current_target()?.dyn_into().ok()?;
    let enlargement = dom::enlargement();
    Some((f64::from(chart.client_width()) / enlargement, f64::from(chart.client_height()) / enlargement))
}

/// Where the pointer is on the chart, in the layout's lengths.
fn offset(event: &PointerEvent) -> (f64, f64) {
    let enlargement = dom::enlargement();
    (f64::from(event.offset_x()) / enlargement, f64::from(event.offset_y()) / enlargement)
}
