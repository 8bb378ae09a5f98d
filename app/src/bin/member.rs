//! The member app.

fn main() {
    app::member::start();
}
