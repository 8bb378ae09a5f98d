//! Sorting, once. The standard sort is compiled anew for every type and every key, six kilobytes each time, and phones load them
//! all; here a single one sorts places, and the elements follow.

use std::cmp::Ordering;

/// Sorts by a key; equal ones keep their order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    let order = places(list.len(), &|one, other| key(&list[one]).cmp(&key(&list[other])));
    arrange(list, &order);
}

/// Sorts as a comparison says; equal ones keep their order.
pub fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = places(list.len(), &|one, other| compare(&list[one], &list[other]));
    arrange(list, &order);
}

/// Sorts by the order of the elements themselves.
pub fn sort<T: Ord>(list: &mut [T]) {
    let order = places(list.len(), &|one, other| list[one].cmp(&list[other]));
    arrange(list, &order);
}

/// Sorted, and each once.
pub fn sort_and_dedup<T: Ord>(list: &mut Vec<T>) {
    sort(list);
    list.dedup();
}

/// For every place the one of the element that belongs there.
#[inline(never)]
fn places(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

fn arrange<T>(list: &mut [T], order: &[usize]) {
    for place in 0..order.len() {
        let mut from = order[place];
        // What stood before this place has moved: follow it to where it is now.
        while from < place {
            from = order[from];
        }
        list.swap(place, from);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_sort(list in prop::collection::vec((0u8..9, 0u16..), 0..60)) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs, "stable");
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }
    }
}
