//! stub
use super::{Checked, Report};
/// stub
pub struct Html;
impl Report for Html {
    fn story(&self, _: &Checked, _: &mut String) {}
}
