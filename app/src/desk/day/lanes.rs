//! Side by side or one inside the other: how boxes of one column share its width.

use shared::part::PartKind;
use shared::time::TimeRange;

use super::Frame;
use super::frame::clock_text;
use crate::desk::day::board_box::{BoardBox, PartRows};
use crate::desk::day::piece::Piece;
use crate::desk::day::query::DayQuery;

/// Boxes with their lanes. Two that need the same hands lie side by side; one in another's processing time lies on top of it.
pub(super) fn placed(query: &DayQuery<'_>, frame: &Frame, pieces: &[&Piece]) -> Vec<BoardBox> {
    let lanes = lanes(pieces);
    let clusters = clusters(pieces);
    let mut boxes = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let Some(rows) = frame.span(piece.range) else { continue };
        let together = clusters.iter().enumerate().filter(|(_, cluster)| **cluster == clusters[index]).map(|(other, _)| other);
        let most = together.map(|other| lanes[other]).max().unwrap_or(0);
        let local = |at| clock_text(query.store.zone.local(at).1);
        boxes.push(BoardBox {
            key: piece.key,
            status: piece.status,
            rows,
            lane: lanes[index],
            lanes: most + 1,
            nested: pieces.iter().any(|other| is_nested(piece, other)),
            parts: parts(frame, piece),
            who: piece.who.clone(),
            what: piece.what.clone(),
            from: local(piece.range.start),
            until: local(piece.range.end),
            marks: piece.marks,
        });
    }
    boxes
}

fn parts(frame: &Frame, piece: &Piece) -> Vec<PartRows> {
    let Some(own) = frame.span(piece.range) else { return Vec::new() };
    let hatched = piece.hatched.iter().filter_map(|(range, kind)| {
        let mut rows = frame.span(*range)?;
        rows.start -= own.start;
        Some(PartRows { rows, processing: *kind == PartKind::Processing })
    });
    hatched.collect()
}

fn any_overlap(some: &[TimeRange], others: &[TimeRange]) -> bool {
    some.iter().any(|range| others.iter().any(|other| range.overlaps(other)))
}

fn conflict(one: &Piece, other: &Piece) -> bool {
    any_overlap(&one.busy, &other.busy)
}

/// Whether `piece` lies in the processing time of `other`, which began before it.
fn is_nested(piece: &Piece, other: &Piece) -> bool {
    let processing = other.hatched.iter().any(|(range, kind)| *kind == PartKind::Processing && range.overlaps(&piece.range));
    piece.key != other.key && processing && other.range.start < piece.range.start && !conflict(piece, other)
}

/// The lowest lane without a conflict, in order of start.
fn lanes(pieces: &[&Piece]) -> Vec<usize> {
    let mut lanes: Vec<usize> = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let taken: Vec<usize> = (0..index).filter(|other| conflict(piece, pieces[*other])).map(|other| lanes[other]).collect();
        lanes.push((0..=taken.len()).find(|lane| !taken.contains(lane)).unwrap_or(taken.len()));
    }
    lanes
}

/// Pieces that conflict, directly or through others, get the same number.
fn clusters(pieces: &[&Piece]) -> Vec<usize> {
    let mut clusters: Vec<usize> = (0..pieces.len()).collect();
    for index in 0..pieces.len() {
        for other in 0..index {
            if conflict(pieces[index], pieces[other]) && clusters[index] != clusters[other] {
                let (from, to) = (clusters[index], clusters[other]);
                clusters.iter_mut().filter(|cluster| **cluster == from).for_each(|cluster| *cluster = to);
            }
        }
    }
    clusters
}
