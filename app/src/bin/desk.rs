//! The desk app.

fn main() {
    app::desk::start();
}
