//! Taking changed facts over: commands for what people work with, the sales history as it is.

use shared::command::{Command, PutService};
use shared::id::CommandId;
use shared::role::Channel;
use shared::sync::Outcome;
use uuid::Uuid;

use super::give::why_not;
use super::words::Sentence;
use crate::apply::{SystemCommand, as_system};
use crate::error::Error;
use crate::import::changes::change::{Changed, Correction};
use crate::said::{ImportedSale, Said};
use crate::state::AppState;

/// What was taken over.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// How many facts.
    pub facts: usize,
    /// What counts as said from now on.
    pub said: Vec<(Uuid, Said)>,
    /// Lines of the sales history that give way to what the files say now.
    pub sales: Vec<ImportedSale>,
    /// What was refused: somebody was faster.
    pub refused: Vec<Sentence>,
}

pub(super) async fn take_over(state: &AppState, changed: &[Changed]) -> Result<Taken, Error> {
    let given: Vec<(&Changed, Command)> = changed.iter().filter_map(|changed| Some((changed, command(changed)?))).collect();
    // What is compared is what stands, so a correction needs no id that another run would find again.
    let commands = given.iter().map(|(_, command)| SystemCommand {
        uuid: CommandId(state.clock.fresh_id()),
        command: command.clone(),
        given_at: None,
    });
    let outcomes = as_system(state, Channel::Import, commands.collect()).await?;
    let mut taken = Taken::default();
    for ((changed, _), outcome) in given.iter().zip(&outcomes) {
        match outcome {
            Outcome::Applied => taken.add(changed),
            refused => taken.refused.extend(changed.changes.first().map(|change| change.in_words().followed_by(&why_not(refused)))),
        }
    }
    for changed in changed {
        if let Some(Correction::Sale(sale)) = &changed.correction {
            taken.sales.push((**sale).clone());
            taken.add(changed);
        }
    }
    Ok(taken)
}

impl Taken {
    fn add(&mut self, changed: &Changed) {
        self.facts += changed.changes.iter().filter(|change| change.here.is_none()).count();
        self.said.extend(changed.said.iter().cloned());
    }
}

fn command(changed: &Changed) -> Option<Command> {
    match changed.correction.as_ref()? {
        Correction::Visit(correct) => Some(Command::CorrectVisit((**correct).clone())),
        Correction::Service(service) => {
            let base = service.written.map_or(0, |written| written.version);
            Some(Command::PutService(PutService::of((**service).clone(), base)))
        }
        Correction::Sale(_) => None,
    }
}
