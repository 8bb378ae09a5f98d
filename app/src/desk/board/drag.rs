//! A visit that is moved by hand on the board: by mouse at once, by finger after a long press, by keyboard with `M`. The lower edge makes
//! it longer. What would become of it is known while it hangs there; the same can be done in the panel's forms.

pub mod aim;
pub mod own_lines;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use shared::booking::State;
use shared::id::BookingId;
use shared::state_kind::StateKind;

use crate::desk::columns::Columns;
use crate::desk::day::DayBoard;
use crate::desk::day::board_box::{BoardBox, BoxKey};
use crate::desk::workbench::Workbench;

use aim::Aim;
use own_lines::lines_of_box;

/// The path of what becomes of a visit in the hand, in [`super::board_parts`].
pub const HAND: &str = "hand";

/// A finger that rests so long on a visit takes it up.
const LONG_PRESS: std::time::Duration = std::time::Duration::from_millis(400);
/// A pointer that went so many pixels has moved.
const SLACK_PIXELS: f64 = 7.0;
/// So near to an edge the board scrolls on.
const EDGE_PIXELS: f64 = 48.0;

/// What is done to the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// The whole of it.
    Whole,
    /// Its lower edge.
    Edge,
}

/// A box in the hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// The visit.
    pub booking: BookingId,
    /// The first line of the box.
    pub line: u8,
    /// What is done to it.
    pub grip: Grip,
    /// Where it was.
    pub from: Aim,
    /// Rows between the upper edge of the box, or its lower one, and the finger.
    offset: f64,
}

/// A press that may become a drag.
#[derive(Clone, Copy)]
struct Pressed {
    held: Held,
    pointer: i32,
    at: (f64, f64),
    is_mouse: bool,
}

/// The handle; take it from context.
#[derive(Clone, Copy)]
pub struct Drag {
    /// What the desk is looking at.
    pub bench: Workbench,
    /// The day on the board.
    pub day: Memo<Arc<DayBoard>>,
    /// The scrolling board, and what is measured of it.
    board: NodeRef<html::Div>,
    body: NodeRef<html::Div>,
    held: RwSignal<Option<Held>>,
    aim: RwSignal<Option<Aim>>,
    /// What is done where something is put down; its file comes after the board.
    put_down: StoredValue<Option<Callback<(Held, Aim)>>>,
    pressed: StoredValue<Option<Pressed>>,
    pointer: StoredValue<(f64, f64)>,
    /// The tap that ends a drag is no tap.
    swallows_click: StoredValue<bool>,
    /// What was put down by a key has the focus also where it lies now.
    refocuses: StoredValue<Option<BoxKey>>,
}

impl Drag {
    /// Makes it and provides it in context.
    pub fn provide(bench: Workbench, day: Memo<Arc<DayBoard>>, board: NodeRef<html::Div>, body: NodeRef<html::Div>) -> Self {
        let (held, aim) = (RwSignal::new(None), RwSignal::new(None));
        let drag = Drag {
            bench,
            day,
            board,
            body,
            held,
            aim,
            put_down: StoredValue::new(None),
            pressed: StoredValue::new(None),
            pointer: StoredValue::new((0.0, 0.0)),
            swallows_click: StoredValue::new(false),
            refocuses: StoredValue::new(None),
        };
        provide_context(drag);
        drag
    }

    /// The handle of the context.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// Tracked: what is in the hand, and where it would go.
    #[must_use]
    pub fn in_hand(self) -> Option<(Held, Aim)> {
        Some((self.held.get()?, self.aim.get()?))
    }

    /// Says what is done where something is put down.
    pub fn on_put_down(self, put_down: Callback<(Held, Aim)>) {
        self.put_down.set_value(Some(put_down));
    }

    /// Tracked: whether this box is in the hand.
    #[must_use]
    pub fn holds(self, key: BoxKey) -> bool {
        self.held.get().is_some_and(|held| key == BoxKey::Visit(held.booking, held.line))
    }

    /// Whether something is in the hand.
    #[must_use]
    pub fn is_holding(self) -> bool {
        self.held.with_untracked(Option::is_some)
    }

    /// Whether a press may become a drag, or has.
    #[must_use]
    pub fn is_pressed(self) -> bool {
        self.is_holding() || self.pressed.with_value(Option::is_some)
    }

    /// Whether the click that comes now only ended a drag.
    #[must_use]
    pub fn takes_click(self) -> bool {
        self.swallows_click.try_update_value(std::mem::take).unwrap_or(false)
    }

    /// Whether a box that appears is the one that was put down by a key.
    #[must_use]
    pub fn takes_focus(self, key: BoxKey) -> bool {
        let is_so = self.refocuses.get_value() == Some(key);
        if is_so {
            self.refocuses.set_value(None);
        }
        is_so
    }

    /// A pointer went down on a box.
    pub fn press(self, item: &BoardBox, event: &web_sys::PointerEvent, grip: Grip) {
        self.swallows_click.set_value(false);
        self.refocuses.set_value(None);
        self.pointer.set_value(place(event));
        let Some(held) = self.held_of(item, grip, Some(event)).filter(|_| event.button() == 0) else { return };
        let is_mouse = event.pointer_type() == "mouse";
        let pressed = Pressed { held, pointer: event.pointer_id(), at: place(event), is_mouse };
        self.pressed.set_value(Some(pressed));
        if !is_mouse {
            let still =
                move || self.pressed.with_value(|now| now.is_some_and(|now| now.pointer == pressed.pointer && now.at == pressed.at));
            set_timeout(
                move || {
                    if still() {
                        self.take_up(pressed)
                    }
                },
                LONG_PRESS,
            );
        }
    }

    /// The pointer moved somewhere on the board.
    pub fn follow(self, event: &web_sys::PointerEvent) {
        self.pointer.set_value(place(event));
        if self.held.get_untracked().is_some() {
            return self.point();
        }
        let Some(pressed) = self.pressed.get_value() else { return };
        let (x, y) = place(event);
        if (x - pressed.at.0).hypot(y - pressed.at.1) < SLACK_PIXELS {
            return;
        }
        // A finger that moves first scrolls the board.
        if pressed.is_mouse { self.take_up(pressed) } else { self.pressed.set_value(None) }
    }

    /// The pointer was lifted: what hangs there is put down.
    pub fn release(self) {
        self.pressed.set_value(None);
        if self.held.get_untracked().is_some() {
            self.swallows_click.set_value(true);
            self.put_down();
        }
    }

    /// Everything stays where it was.
    pub fn let_go(self) {
        self.pressed.set_value(None);
        self.held.set(None);
        self.aim.set(None);
    }

    /// A key on a box. Whether it was meant for this.
    pub fn key(self, item: &BoardBox, key: &str, with_shift: bool) -> bool {
        let day = self.day.get_untracked();
        let Some(aim) = self.aim.get_untracked() else {
            let begins = matches!(key, "m" | "M");
            return begins && self.held_of(item, Grip::Whole, None).map(|held| self.hold(held)).is_some();
        };
        match key {
            "Escape" => self.let_go(),
            "Enter" | " " => {
                self.swallows_click.set_value(true);
                self.refocuses.set_value(Some(item.key));
                self.put_down();
            }
            "ArrowUp" | "ArrowDown" => {
                let rows = if key == "ArrowUp" { -1 } else { 1 };
                if with_shift {
                    self.held.update(|held| held.iter_mut().for_each(|held| held.grip = Grip::Edge));
                    self.aim.set(Some(Aim { column: aim.column, ..aim.stretched(&day, rows) }));
                } else {
                    self.aim.set(Some(aim.stepped(&day, rows, 0)));
                }
            }
            "ArrowLeft" | "ArrowRight" if self.turns_columns() => {
                self.aim.set(Some(aim.stepped(&day, 0, if key == "ArrowLeft" { -1 } else { 1 })));
            }
            _ => return false,
        }
        true
    }

    /// The box as it is taken up; `None` for what cannot be moved.
    fn held_of(self, item: &BoardBox, grip: Grip, event: Option<&web_sys::PointerEvent>) -> Option<Held> {
        let BoxKey::Visit(booking, line) = item.key else { return None };
        let visit = self.bench.replica.view_now().bookings.get(&booking).cloned()?;
        let may_move = matches!(visit.state.kind(), StateKind::Requested | StateKind::Confirmed | StateKind::CheckedIn);
        // One that is going on may only take longer.
        let may_grow = grip == Grip::Edge && matches!(visit.state, State::InService { .. });
        if !may_move && !may_grow {
            return None;
        }
        let lines = visit.lines.get(lines_of_box(&visit, line))?;
        let (first, last) = (lines.first()?, lines.last()?);
        let day = self.day.get_untracked();
        let column = day.columns.iter().position(|column| column.boxes.iter().any(|own| own.key == item.key))?;
        let from = Aim { column, starts_at: first.starts_at, ends_at: last.range().end };
        let edge = if grip == Grip::Whole { from.starts_at } else { from.ends_at };
        let offset = event.and_then(|event| Some(self.row_at(place(event).1)? - day.frame.row(edge))).unwrap_or(0.0);
        Some(Held { booking, line, grip, from, offset })
    }

    /// Puts down what is in the hand.
    fn put_down(self) {
        let in_hand = untrack(|| self.in_hand());
        self.let_go();
        if let (Some(in_hand), Some(put_down)) = (in_hand, self.put_down.get_value()) {
            // The board may be gone by now.
            put_down.try_run(in_hand);
        }
    }

    fn take_up(self, pressed: Pressed) {
        if let Some(board) = self.board.get_untracked() {
            // From now on the pointer is the board's, wherever it goes.
            let _ = board.set_pointer_capture(pressed.pointer);
        }
        self.pressed.set_value(None);
        self.hold(pressed.held);
        self.scroll_on();
    }

    fn hold(self, held: Held) {
        self.aim.set(Some(held.from));
        self.held.set(Some(held));
    }

    /// Aims at where the pointer is.
    fn point(self) {
        let (Some(held), (x, y)) = (self.held.get_untracked(), self.pointer.get_value()) else { return };
        let day = self.day.get_untracked();
        let (Some(row), Some(column)) = (self.row_at(y), self.column_at(x, day.columns.len())) else { return };
        let column = if self.turns_columns() && held.grip == Grip::Whole { column } else { held.from.column };
        let aim = match held.grip {
            Grip::Whole => held.from.starting_at(&day.frame, row - held.offset, column),
            Grip::Edge => held.from.ending_at(&day.frame, row - held.offset),
        };
        if self.aim.get_untracked() != Some(aim) {
            self.aim.set(Some(aim));
        }
    }

    /// While something hangs at an edge, the board goes on below it.
    fn scroll_on(self) {
        request_animation_frame(move || {
            let (Some(board), true) = (self.board.get_untracked(), self.held.get_untracked().is_some()) else { return };
            let (inside, (x, y)) = (board.get_bounding_client_rect(), self.pointer.get_value());
            let pull = |at: f64, from: f64, until: f64| {
                if at > until - EDGE_PIXELS {
                    10.0
                } else if at < from + EDGE_PIXELS {
                    -10.0
                } else {
                    0.0
                }
            };
            let (across, down) = (pull(x, inside.left(), inside.right()), pull(y, inside.top(), inside.bottom()));
            if across != 0.0 || down != 0.0 {
                board.scroll_by_with_x_and_y(across, down);
                self.point();
            }
            self.scroll_on();
        });
    }

    /// Rooms are not changed by hand: a visit stays in its column.
    #[must_use]
    pub fn turns_columns(self) -> bool {
        untrack(|| self.bench.columns()) == Columns::Staff
    }

    fn row_at(self, y: f64) -> Option<f64> {
        let inside = self.body.get_untracked()?.get_bounding_client_rect();
        let rows = self.day.with_untracked(|day| day.frame.rows());
        (inside.height() > 0.0).then(|| (y - inside.top()) / inside.height() * rows)
    }

    fn column_at(self, x: f64, columns: usize) -> Option<usize> {
        let body = self.body.get_untracked()?;
        let first = body.query_selector(".board__column").ok().flatten()?.get_bounding_client_rect();
        let column = ((x - first.left()) / first.width().max(1.0)).floor().max(0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a column of the board")]
        let column = column as usize;
        Some(column.min(columns.saturating_sub(1)))
    }
}

fn place(event: &web_sys::PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
