//! From where the attractor is looked at.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// How far a drag of one CSS pixel turns, radians.
const DRAG: f64 = 0.007;
/// How far an arrow key turns, radians.
const KEY: f64 = PI / 36.0;

/// A direction of looking, without perspective: the attractor is turned about
/// its z axis, then tilted towards us.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// −π … π.
    yaw: f64,
    /// −π/2 … π/2: from straight below to straight above.
    pitch: f64,
}

impl Camera {
    /// The butterfly: x to the right, z upwards, y away from us.
    pub const SIDE: Self = Self { yaw: 0.0, pitch: 0.0 };

    /// Turns by angles in radians: the near side to the right, and downwards.
    #[must_use]
    pub fn turned(self, right: f64, down: f64) -> Self {
        let yaw = (self.yaw + right + PI).rem_euclid(TAU) - PI;
        Self { yaw, pitch: (self.pitch + down).clamp(-FRAC_PI_2, FRAC_PI_2) }
    }

    /// Turns as if the near side were pulled by so many CSS pixels.
    #[must_use]
    pub fn dragged(self, right_px: f64, down_px: f64) -> Self {
        self.turned(right_px * DRAG, down_px * DRAG)
    }

    /// What a key of the keyboard (`KeyboardEvent.key`) does to it; `None` for keys that mean nothing here.
    #[must_use]
    pub fn after_key(self, key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" => Some(self.turned(-KEY, 0.0)),
            "ArrowRight" => Some(self.turned(KEY, 0.0)),
            "ArrowUp" => Some(self.turned(0.0, -KEY)),
            "ArrowDown" => Some(self.turned(0.0, KEY)),
            "Home" => Some(Self::SIDE),
            _ => None,
        }
    }

    /// Where steps of length 1 along x, y and z lead in the picture: to the right, and upwards.
    #[must_use]
    pub fn axes(self) -> [(f64, f64); 3] {
        let ((yaw_sin, yaw_cos), (pitch_sin, pitch_cos)) = (self.yaw.sin_cos(), self.pitch.sin_cos());
        [(yaw_cos, yaw_sin * pitch_sin), (-yaw_sin, yaw_cos * pitch_sin), (0.0, pitch_cos)]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(camera: Camera, [x, y, z]: [f64; 3]) -> (f64, f64) {
        let axes = camera.axes();
        let sum = |part: fn(&(f64, f64)) -> f64| x * part(&axes[0]) + y * part(&axes[1]) + z * part(&axes[2]);
        (sum(|axis| axis.0), sum(|axis| axis.1))
    }

    #[test]
    fn the_side_view_shows_x_and_z() {
        assert_eq!(seen(Camera::SIDE, [3.0, 5.0, 7.0]), (3.0, 7.0));
    }

    #[test]
    fn the_near_side_follows_the_hand() {
        let near = [0.0, -1.0, 0.0];
        assert!(seen(Camera::SIDE.dragged(50.0, 0.0), near).0 > 0.1);
        assert!(seen(Camera::SIDE.dragged(0.0, 50.0), near).1 < -0.1);
        assert!(seen(Camera::SIDE.turned(-0.5, -0.5), near).0 < 0.0);
    }

    #[test]
    fn keys_turn_back_and_forth_and_home() {
        let turned = Camera::SIDE.after_key("ArrowRight").and_then(|it| it.after_key("ArrowDown")).unwrap();
        assert_ne!(turned, Camera::SIDE);
        assert_eq!(turned.after_key("Home"), Some(Camera::SIDE));
        let back = turned.after_key("ArrowLeft").and_then(|it| it.after_key("ArrowUp")).unwrap();
        assert!((back.yaw.abs() + back.pitch.abs()) < 1e-12);
        assert_eq!(turned.after_key("PageDown"), None);
        assert_eq!(turned.after_key("Escape"), None);
    }

    proptest! {
        #[test]
        fn turning_never_makes_anything_longer(
            right in -100.0..100.0, down in -100.0..100.0, state in prop::array::uniform3(-1.0..1.0),
        ) {
            let camera = Camera::SIDE.turned(right, down);
            prop_assert!(camera.yaw.abs() <= PI + 1e-9 && camera.pitch.abs() <= FRAC_PI_2);
            let (across, up) = seen(camera, state);
            let length = |values: &[f64]| values.iter().map(|value| value * value).sum::<f64>().sqrt();
            prop_assert!(length(&[across, up]) <= length(&state) + 1e-12);
        }
    }
}
